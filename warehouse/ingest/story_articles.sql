-- Articles that may tell the event of a new one: the new ones, and those published within a week of one. One row per article.
create or replace temp table story_articles as
select article_id, published_at, text, duplicate_of
from articles
where article_id in (select article_id from run_articles)
    or exists (
        from (select distinct published_at::date as day from staged_articles) as new
        where abs(date_diff('day', new.day, articles.published_at)) <= 7
    );
