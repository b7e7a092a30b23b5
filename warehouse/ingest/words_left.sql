-- Words of all articles with their stem. One row per word as written.
select distinct text, stem
from tokens;
