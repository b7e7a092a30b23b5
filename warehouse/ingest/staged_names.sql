-- What the new articles call things. One row per entity type and name.
select entity_type, name, count(distinct article_id) as article_count
from staged_mentions
group by all
order by all;
