-- Articles that may tell the event of one that came, left or is a copy of another now. One row per article.
-- These, those published within a week of one, and all others of the stories of these. is_asking: its story may be
-- another now, and that of all where there are few; story_id as told before; is_named: a story has its name from it.
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
days as (
    select distinct published_at::date + range::int as day
    from changed, range(-7, 8)
),
around as (
    select article_id
    from articles
    where article_id in (select article_id from changed) or published_at::date in (select day from days)
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
select
    article_id,
    published_at,
    text,
    duplicate_of,
    stories.story_id,
    count(*) over () <= $few
        or article_id in (select article_id from changed)
        or coalesce(stories.story_id in (select story_id from withdrawn_stories), false) as is_asking,
    article_id in (select story_id from stories) as is_named,
from articles
left join stories using (article_id)
where article_id in (from told) and is_current;
