-- Copies of the documents in dropped_documents that stay. One row per article.
select distinct articles.article_id, articles.source_path, articles.title
from (
    select article_id, duplicate_of as other_id from duplicates
    union all
    select duplicate_of, article_id from duplicates
) as pairs
join articles using (article_id)
where pairs.other_id in (select unnest($documents))
    and articles.article_id not in (select unnest($documents))
order by articles.source_path, articles.article_id;
