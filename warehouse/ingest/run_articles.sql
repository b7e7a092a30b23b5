-- The articles that this run loads; the checks read only their rows. One row per article.
create or replace temp table run_articles as
select article_id from staged_articles;
