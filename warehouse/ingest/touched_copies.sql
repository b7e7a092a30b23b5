-- The groups of copies that asking articles, new pairs and articles that left touch. One row per article.
-- As they were and as they will be, and what is left of those that an article has left.
create or replace temp table touched_copies as
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
    from asking_articles
    union
    from parted_copies
    union
    select links.there from members join links on links.here = members.article_id
)
from members;
