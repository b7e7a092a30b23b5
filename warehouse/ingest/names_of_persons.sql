-- What the persons in forgotten_persons are called, in all texts. One row per entity type and name.
select entity_type, name, fold(name) as folded
from mentions
where entity_id in (from forgotten_persons)
union
select entity_type, name, fold(name)
from entities
where entity_id in (from forgotten_persons);
