-- The articles that this run loads or finds again. One row per article.
create or replace temp table run_articles as
select article_id from staged_articles
union
select article_id from articles where article_id in (select document_id from returned_documents);
