-- Names whose meaning a name that comes or goes may change. One row per name that shares its key with one of these.
select entity_type, name, link_key, sum(article_count)::bigint as article_count
from (
    select entity_type, name, link_key, article_count
    from entity_names
    where link_key in (select link_key from new_names union select link_key from withdrawn_names)
    union all
    select entity_type, name, link_key, article_count
    from new_names
)
group by all
order by all;
