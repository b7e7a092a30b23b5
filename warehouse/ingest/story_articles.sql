-- Articles that may tell the event of one that came, left or is a copy of another now. One row per article.
-- These, those published within a week of one, and all others of the stories of these; is_named says whether a story
-- has its name from the article.
create or replace temp table story_articles as
with
changed as (
    select article_id, published_at
    from articles
    where article_id in (from run_articles) or article_id in (from touched_copies)
    union
    select article_id, published_at
    from withdrawn_articles
),
around as (
    select article_id
    from articles
    where article_id in (select article_id from changed)
        or exists (
            from (select distinct published_at::date as day from changed) as new
            where abs(date_diff('day', new.day, articles.published_at)) <= 7
        )
),
told as (
    from around
    union
    select article_id
    from stories
    where story_id in (
        select story_id from stories where article_id in (from around)
        union
        select story_id from withdrawn_stories
    )
)
select article_id, published_at, text, duplicate_of, article_id in (select story_id from stories) as is_named
from articles
where article_id in (from told) and is_current;
