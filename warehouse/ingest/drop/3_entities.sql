-- Entities that no name, mention, role or quotation stands for. One row per entity.
delete from entities
where entity_id not in (select entity_id from entity_names)
    and entity_id not in (select entity_id from mentions)
    and entity_id not in (select speaker_id from quotations where speaker_id is not null)
    and entity_id not in (select entity_id from person_roles)
    and entity_id not in (select organisation_id from person_roles where organisation_id is not null);
