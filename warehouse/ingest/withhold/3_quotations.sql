-- New quotations but for those of forgotten persons. One row per quotation.
create or replace temp table kept_quotations as
from staged_quotations
where speaker_mention_id is null or speaker_mention_id not in (from withheld_mentions);
