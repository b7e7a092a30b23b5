-- New roles, each with its person. One row per role given.
insert into person_roles by name
select staged.*, mentions.entity_id
from staged_person_roles as staged
join mentions using (mention_id);
