-- Articles that named them: their stories are told anew. One row per article.
create or replace temp table run_articles as
select article_id
from articles
where is_current and article_id in (select article_id from forgotten_mentions);
