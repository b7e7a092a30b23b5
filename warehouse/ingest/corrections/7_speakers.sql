-- Speakers as corrected by hand. One row per quotation.
update quotations
set speaker_id = named.entity_id, speaker_rule = 'correction'
from corrected_entities as named
where named.corrected = 'speaker'
    and named.article_id = quotations.article_id
    and named.start = quotations.start;
