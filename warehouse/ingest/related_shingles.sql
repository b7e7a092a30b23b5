-- All shingles of the asking articles and of those that they meet. One row per article and shingle.
-- With the number of holders and whether the article is a hub, in the whole corpus
-- (transforms.duplicates.count_holders). Of a frequent shingle only the hubs are met, or all holders where a hub asks.
with
asked as (
    select shingle, count(*) as holders
    from shingles
    where shingle in (select shingle from shingles where article_id in (from asking_articles))
    group by shingle
),
asked_hubs as (
    select shingle, unnest(min(article_id, $hubs)) as article_id
    from shingles
    where shingle in (select shingle from asked where holders > $frequent)
    group by shingle
),
met_by_all as (
    select shingle from asked where holders <= $frequent
    union
    select shingle from asked_hubs where article_id in (from asking_articles)
),
related as (
    select article_id from shingles where shingle in (from met_by_all)
    union
    select article_id from asked_hubs
    union
    from asking_articles
),
counted as (
    select shingle, count(*) as holders
    from shingles
    where shingle in (select shingle from shingles where article_id in (from related))
    group by shingle
),
counted_hubs as (
    select shingle, unnest(min(article_id, $hubs)) as article_id
    from shingles
    where shingle in (select shingle from counted where holders > $frequent)
    group by shingle
)
select
    shingles.article_id,
    shingles.shingle,
    counted.holders,
    counted_hubs.article_id is not null as is_hub,
from shingles
join counted using (shingle)
left join counted_hubs using (shingle, article_id)
where shingles.article_id in (from related);
