-- The persons themselves. One row per entity.
delete from entities
where entity_id in (from forgotten_persons);
delete from entity_redirects
where entity_id in (from forgotten_persons) or redirects_to in (from forgotten_persons);
