-- Names of forgotten persons leave, so that those which share their keys are linked again. One row per entity type and name.
insert into withdrawn_names by name
select entity_type, name, link_key, entity_id, article_count
from entity_names
where entity_id in (from forgotten_persons);
delete from entity_names
where entity_id in (from forgotten_persons);
