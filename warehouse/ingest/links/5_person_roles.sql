-- New roles, each with its person and the organisation named in it. One row per role given.
insert into person_roles by name
select staged.*, persons.entity_id, organisations.entity_id as organisation_id
from staged_person_roles as staged
join mentions as persons using (mention_id)
left join mentions as organisations on organisations.mention_id = staged.organisation_mention_id;
