-- What the articles of this run call things, new ones and those that are here again. One row per entity type and name.
select entity_type, name, count(distinct article_id) as article_count
from (
    select entity_type, name, article_id from staged_mentions
    union all
    select entity_type, name, article_id
    from mentions
    where article_id in (select document_id from returned_documents)
)
group by all
order by all;
