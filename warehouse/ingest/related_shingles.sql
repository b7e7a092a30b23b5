-- Shingles, of whatever article, that a new article has too. One row per article and shingle.
select article_id, shingle
from shingles
where shingle in (select shingle from staged_shingles);
