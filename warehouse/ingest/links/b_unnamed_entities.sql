-- Entities that no name stands for any more. One row per entity.
delete from entities
where entity_id not in (select entity_id from entity_names);
