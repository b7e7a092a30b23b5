-- Names that other articles use too. One row per entity type and name.
update entity_names
set article_count = entity_names.article_count - withdrawn.article_count
from withdrawn_names as withdrawn
where entity_names.entity_type = withdrawn.entity_type and entity_names.name = withdrawn.name;
