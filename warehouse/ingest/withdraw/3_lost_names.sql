-- Names that only those articles used. One row per entity type and name.
delete from entity_names
using withdrawn_names as withdrawn
where entity_names.entity_type = withdrawn.entity_type
    and entity_names.name = withdrawn.name
    and entity_names.article_count <= withdrawn.article_count;
