-- One row per article that no inbox holds any more: since which run, and the article that its file holds now, if any.
create or replace view gone_articles as
with missed as (
    select document_id, max(missed_run_id) as missed_run_id
    from sightings
    group by document_id
)
select
    articles.article_id,
    articles.source_path,
    articles.title,
    articles.published_at,
    articles.url,
    if(documents.superseded_by is null, 'gone', 'edited') as what,
    documents.superseded_by,
    newer.title as superseded_by_title,
    missed.missed_run_id,
    runs.started_at as gone_at,
from articles
join documents using (document_id)
left join articles as newer on newer.article_id = documents.superseded_by
left join missed using (document_id)
left join runs on runs.run_id = missed.missed_run_id
where not articles.is_current;
