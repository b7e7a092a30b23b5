-- Persons of roles as corrected by hand. One row per role.
update person_roles
set entity_id = named.entity_id
from corrected_entities as named
where named.corrected = 'role'
    and named.article_id = person_roles.article_id
    and named.start = person_roles.start;
