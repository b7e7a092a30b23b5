-- New mentions but for those of forgotten persons. One row per mention.
create or replace temp table kept_mentions as
from staged_mentions
anti join withheld_names using (entity_type, name);
create or replace temp table withheld_mentions as
select mention_id from staged_mentions
semi join withheld_names using (entity_type, name);
