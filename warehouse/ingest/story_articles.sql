-- Articles that may tell the event of a new one. One row per article.
-- The new ones, those published within a week of one, and all others of the stories of these; is_named says whether a
-- story has its name from the article.
create or replace temp table story_articles as
with
around as (
    select article_id
    from articles
    where article_id in (select article_id from run_articles)
        or exists (
            from (select distinct published_at::date as day from staged_articles) as new
            where abs(date_diff('day', new.day, articles.published_at)) <= 7
        )
),
told as (
    from around
    union
    select article_id
    from stories
    where story_id in (select story_id from stories where article_id in (from around))
)
select article_id, published_at, text, duplicate_of, article_id in (select story_id from stories) as is_named
from articles
where article_id in (from told);
