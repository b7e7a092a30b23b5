-- Keys that are too large for an index are unique all the same. One row per key that stands twice.
select 'tokens' as table_name, concat_ws('/', article_id, sentence_index, token_index) as row_id,
    null::varchar as source_path, null::bigint as record, concat(count(*), ' rows') as detail
from tokens join run_articles using (article_id) group by article_id, sentence_index, token_index having count(*) > 1
union all
select 'sentences', concat_ws('/', article_id, sentence_index), null, null, concat(count(*), ' rows')
from sentences join run_articles using (article_id) group by article_id, sentence_index having count(*) > 1
union all
select 'alignments', concat_ws('/', article_id, start), null, null, concat(count(*), ' rows')
from alignments join run_articles using (article_id) group by article_id, start having count(*) > 1
union all
select 'shingles', concat_ws('/', article_id, shingle), null, null, concat(count(*), ' rows')
from shingles join run_articles using (article_id) group by article_id, shingle having count(*) > 1
union all
select 'line_hashes', document_id, null, null, concat(count(*), ' rows')
from line_hashes group by document_id having count(*) > 1;
