-- Articles whose pairs are looked for. One row per article.
-- The new ones, those that hold a shingle which has just become frequent or is frequent no more, and those that are
-- hubs of a frequent shingle now or before, but not both.
create or replace temp table asking_articles as
with
met as (
    select shingle from shingles where article_id in (from run_articles)
    union
    select shingle from withdrawn_shingles
),
before as (
    select shingle, count(*) as holders, min(article_id, $hubs) as hubs
    from (
        select shingle, article_id
        from shingles
        where shingle in (from met) and article_id not in (from run_articles)
        union all
        select shingle, article_id from withdrawn_shingles
    )
    group by shingle
),
after as (
    select shingle, count(*) as holders, min(article_id, $hubs) as hubs
    from shingles
    where shingle in (from met)
    group by shingle
),
changed as (
    select
        after.shingle,
        (before.holders > $frequent) <> (after.holders > $frequent) as is_open,
        list_filter(before.hubs, lambda hub: not list_contains(after.hubs, hub))
            || list_filter(after.hubs, lambda hub: not list_contains(before.hubs, hub)) as other_hubs,
    from before
    join after using (shingle)
    where before.holders > $frequent or after.holders > $frequent
),
asking as (
    from run_articles
    union
    select article_id from shingles where shingle in (select shingle from changed where is_open)
    union
    select unnest(other_hubs) from changed
)
select article_id
from asking
where article_id in (select article_id from shingles);
