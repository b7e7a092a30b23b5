-- Names lose the articles that leave. One row per entity type and name.
create or replace temp table withdrawn_names as
select
    mentions.entity_type,
    mentions.name,
    entity_names.link_key,
    entity_names.entity_id,
    count(distinct mentions.article_id) as article_count,
from mentions
join entity_names on entity_names.entity_type = mentions.entity_type and entity_names.name = mentions.name
where mentions.article_id in (select article_id from withdrawn_articles)
group by all;
