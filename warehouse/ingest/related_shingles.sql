-- All shingles of every article, new or not, that shares one with a new article. One row per article and shingle.
select article_id, shingle
from shingles
where article_id in (
    select article_id
    from shingles
    where shingle in (select shingle from staged_shingles)
);
