-- Copies of the group that an article leaves to be processed again point to it until their group is formed anew. One row
-- per article.
update articles
set duplicate_of = leaving.article_id
from (
    select coalesce(duplicate_of, article_id) as representative, min(article_id) as article_id
    from articles
    where article_id in (select document_id from staged_documents)
    group by representative
) as leaving
where coalesce(articles.duplicate_of, articles.article_id) = leaving.representative
    and articles.article_id not in (select document_id from staged_documents);
