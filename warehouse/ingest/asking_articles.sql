-- Articles whose pairs are looked for. One row per article.
-- The new ones, those that hold a shingle which has just become frequent, and the hubs of frequent shingles that are
-- hubs no more.
create or replace temp table asking_articles as
with
met as (
    select
        shingle,
        count(*) as holders,
        count(*) filter (article_id not in (from run_articles)) as known,
        min(article_id, $hubs) as hubs,
        min(article_id, $hubs) filter (article_id not in (from run_articles)) as known_hubs,
    from shingles
    where shingle in (select shingle from staged_shingles)
    group by shingle
)
select article_id
from staged_shingles
union
select article_id
from shingles
where shingle in (select shingle from met where known between 1 and $frequent and holders > $frequent)
union
select unnest(list_filter(known_hubs, lambda hub: not list_contains(hubs, hub)))
from met
where known > $frequent;
