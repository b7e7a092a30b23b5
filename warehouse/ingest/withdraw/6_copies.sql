-- Articles that stay and were paired with one that leaves: their groups are formed anew. One row per article.
create or replace temp table parted_copies as
with pairs as (
    select article_id, duplicate_of as other_id from duplicates
    union all
    select duplicate_of, article_id from duplicates
)
select distinct article_id
from pairs
where other_id in (select article_id from withdrawn_articles)
    and article_id not in (select article_id from withdrawn_articles);
delete from duplicates
where article_id in (select article_id from withdrawn_articles)
    or duplicate_of in (select article_id from withdrawn_articles);
