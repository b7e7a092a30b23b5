-- New mentions, each with what its name stands for. One row per mention.
insert into mentions by name
select staged.*, names.entity_id, names.link_rule
from staged_mentions as staged
join entity_names as names using (entity_type, name);
