-- Earlier roles follow the mentions of their person and organisation. One row per role given.
update person_roles
set entity_id = persons.entity_id, organisation_id = organisations.entity_id
from mentions as persons, person_roles as roles
left join mentions as organisations on organisations.mention_id = roles.organisation_mention_id
where person_roles.mention_id = roles.mention_id
    and person_roles.start = roles.start
    and persons.mention_id = roles.mention_id
    and (persons.entity_id, organisations.entity_id) is distinct from (roles.entity_id, roles.organisation_id);
