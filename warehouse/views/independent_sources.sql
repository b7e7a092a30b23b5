-- One row per entity: the current articles that name it, and how many are left where copies count once;
-- newspapers are told apart by name, else by host.
create or replace view independent_sources as
select
    entities.entity_id,
    entities.name,
    entities.entity_type,
    count(*) as mentions,
    count(distinct mentions.article_id) as articles,
    count(distinct coalesce(articles.duplicate_of, articles.article_id)) as independent_sources,
    count(distinct coalesce(articles.publication, articles.site)) as newspapers,
    min(articles.published_at) as first_published_at,
    max(articles.published_at) as last_published_at,
from entities
join mentions using (entity_id)
join articles using (article_id)
where articles.is_current
group by all;
