-- What they are quoted with. One row per quotation.
delete from quotations
where speaker_id in (from forgotten_persons) or speaker_mention_id in (select mention_id from forgotten_mentions);
