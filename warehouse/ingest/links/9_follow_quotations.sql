-- Earlier quotations follow the mention of their speaker. One row per quotation.
update quotations
set speaker_id = mentions.entity_id
from mentions
where mentions.mention_id = quotations.speaker_mention_id
    and mentions.entity_id <> quotations.speaker_id;
