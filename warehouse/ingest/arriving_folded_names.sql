-- Names of new mentions as they are compared with forgotten ones. One row per entity type and name.
select distinct entity_type, name, fold(name) as folded
from staged_mentions;
