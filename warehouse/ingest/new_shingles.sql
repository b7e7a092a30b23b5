-- Shingles of the new articles. One row per article and shingle.
select article_id, shingle
from staged_shingles;
