-- Speakers as they were before any correction. One row per quotation.
update quotations
set
    speaker_id = (select entity_id from mentions where mentions.mention_id = quotations.speaker_mention_id),
    speaker_rule = overruled.former ->> 'speaker_rule',
from overruled
where overruled.corrected = 'speaker'
    and overruled.article_id = quotations.article_id
    and overruled.start = quotations.start;
