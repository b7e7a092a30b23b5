-- All names, those of new articles among them. One row per entity type and name.
select entity_type, name, link_key, sum(article_count)::bigint as article_count
from (
    select entity_type, name, link_key, article_count from entity_names
    union all
    select entity_type, name, link_key, article_count from new_names
)
group by all
order by all;
