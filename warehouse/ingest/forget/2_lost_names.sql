-- Names that only those articles used. One row per entity type and name.
delete from entity_names
using forgotten_names as forgotten
where entity_names.entity_type = forgotten.entity_type
    and entity_names.name = forgotten.name
    and entity_names.article_count <= forgotten.article_count;
