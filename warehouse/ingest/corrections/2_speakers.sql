-- Speakers as corrected by hand. One row per quotation.
update quotations
set speaker_id = entities.entity_id, speaker_rule = 'correction'
from corrections, entities
where corrections.corrected = 'speaker'
    and corrections.article_id = quotations.article_id
    and corrections.start = quotations.start
    and entities.name = corrections.value;
