-- Names that other articles use too. One row per entity type and name.
update entity_names
set article_count = entity_names.article_count - forgotten.article_count
from forgotten_names as forgotten
where entity_names.entity_type = forgotten.entity_type and entity_names.name = forgotten.name;
