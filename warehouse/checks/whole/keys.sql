-- Keys that no index keeps are unique over all documents. One row per key that stands twice.
select 'documents' as table_name, document_id as row_id, null::varchar as source_path, null::bigint as record,
    concat(count(*), ' rows') as detail
from documents group by document_id having count(*) > 1
union all
select 'articles', article_id, null, null, concat(count(*), ' rows')
from articles group by article_id having count(*) > 1
union all
select 'blocks', concat_ws('/', document_id, block_index), null, null, concat(count(*), ' rows')
from blocks group by document_id, block_index having count(*) > 1
union all
select 'mentions', mention_id, null, null, concat(count(*), ' rows')
from mentions group by mention_id having count(*) > 1
union all
select 'person_roles', concat_ws('/', mention_id, start), null, null, concat(count(*), ' rows')
from person_roles group by mention_id, start having count(*) > 1
union all
select 'figures', figure_id, null, null, concat(count(*), ' rows')
from figures group by figure_id having count(*) > 1
union all
select 'time_expressions', time_expression_id, null, null, concat(count(*), ' rows')
from time_expressions group by time_expression_id having count(*) > 1
union all
select 'quotations', quotation_id, null, null, concat(count(*), ' rows')
from quotations group by quotation_id having count(*) > 1
union all
select 'stems', word, null, null, concat(count(*), ' rows')
from stems group by word having count(*) > 1
union all
select 'duplicates', concat_ws('/', article_id, duplicate_of), null, null, concat(count(*), ' rows')
from duplicates group by article_id, duplicate_of having count(*) > 1
union all
select 'stories', article_id, null, null, concat(count(*), ' rows')
from stories group by article_id having count(*) > 1
union all
select 'files', concat_ws('/', inbox, file_path), null, null, concat(count(*), ' rows')
from files group by inbox, file_path having count(*) > 1;
