-- Redirects that lead nowhere. One row per former entity.
delete from entity_redirects
where redirects_to not in (select entity_id from entities);
