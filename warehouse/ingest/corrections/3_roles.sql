-- Persons of roles as corrected by hand. One row per role.
update person_roles
set entity_id = entities.entity_id
from corrections, entities
where corrections.corrected = 'role'
    and corrections.article_id = person_roles.article_id
    and corrections.start = person_roles.start
    and entities.name = corrections.value;
