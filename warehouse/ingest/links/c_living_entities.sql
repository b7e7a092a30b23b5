-- An entity that a name stands for again needs no redirect. One row per former entity.
delete from entity_redirects
where entity_id in (select entity_id from entities);
