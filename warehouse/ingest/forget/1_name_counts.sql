-- Names lose the articles that are processed again. One row per entity type and name.
create or replace temp table forgotten_names as
select entity_type, name, count(distinct article_id) as article_count
from mentions
where article_id in (select document_id from staged_documents)
group by all;
