-- All pairs of the groups of copies that a new pair touches, the new ones first known here. One row per pair.
with recursive
links as (
    select article_id as here, duplicate_of as there from new_pairs
    union
    select duplicate_of, article_id from new_pairs
    union
    select article_id, duplicate_of from duplicates
    union
    select duplicate_of, article_id from duplicates
),
members(article_id) as (
    select article_id from new_pairs
    union
    select duplicate_of from new_pairs
    union
    select links.there from members join links on links.here = members.article_id
)
select article_id, duplicate_of, kind, jaccard, containment
from new_pairs
union
select article_id, duplicate_of, kind, jaccard, containment
from duplicates
where article_id in (select article_id from members);
