-- Articles that leave the corpus: those that are gone, and those that are processed again. One row per article.
create or replace temp table withdrawn_articles as
select article_id, published_at
from articles
where is_current
    and (
        article_id in (select document_id from left_documents)
        or article_id in (select document_id from staged_documents)
    );
