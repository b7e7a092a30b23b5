-- Their roles. One row per role given.
delete from person_roles
where entity_id in (from forgotten_persons) or mention_id in (select mention_id from forgotten_mentions);
