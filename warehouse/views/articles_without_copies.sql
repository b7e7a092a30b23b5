-- One row per current article that is no copy of another.
create or replace view articles_without_copies as
select
    articles.article_id,
    articles.source_path,
    articles.title,
    articles.authors,
    articles.agencies,
    articles.published_at,
    articles.published_precision,
    articles.url,
    coalesce(articles.publication, articles.site) as source,
    articles.publication,
    articles.site,
    articles.language,
    articles.text,
    count(copies.article_id) as copies,
from articles
left join articles as copies on copies.duplicate_of = articles.article_id
where articles.duplicate_of is null and articles.is_current
group by all;
