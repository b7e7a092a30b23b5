-- Earlier roles follow their mention. One row per role given.
update person_roles
set entity_id = mentions.entity_id
from mentions
where mentions.mention_id = person_roles.mention_id
    and mentions.entity_id <> person_roles.entity_id;
