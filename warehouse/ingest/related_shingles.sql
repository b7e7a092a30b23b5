-- All shingles of the asking articles and of those that they meet. One row per article and shingle.
-- With the number of holders and whether the article is a hub, in the whole corpus
-- (transforms.duplicates.count_holders).
with
asked as (
    select shingle, count(*) as holders, min(article_id, $hubs) as hubs
    from shingles
    where shingle in (select shingle from shingles where article_id in (from asking_articles))
    group by shingle
),
related as (
    select distinct shingles.article_id
    from shingles
    join asked using (shingle)
    where asked.holders <= $frequent
        or shingles.article_id in asked.hubs
        or exists (from asking_articles where article_id in asked.hubs)
    union
    from asking_articles
),
counted as (
    select shingle, count(*) as holders, min(article_id, $hubs) as hubs
    from shingles
    where shingle in (select shingle from shingles where article_id in (from related))
    group by shingle
)
select
    shingles.article_id,
    shingles.shingle,
    counted.holders,
    counted.holders > $frequent and shingles.article_id in counted.hubs as is_hub,
from shingles
join counted using (shingle)
where shingles.article_id in (from related);
