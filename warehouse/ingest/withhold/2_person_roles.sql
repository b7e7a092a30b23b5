-- New roles but for those of forgotten persons. One row per role given.
create or replace temp table kept_person_roles as
from staged_person_roles
where mention_id not in (from withheld_mentions);
