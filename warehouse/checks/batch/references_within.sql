-- What a row refers to within its own document is there. One row per reference to nothing.
select 'figures' as table_name, figure_id as row_id, null::varchar as source_path, null::bigint as record,
    concat('equivalent_of ', equivalent_of) as detail
from figures
join run_articles using (article_id)
anti join figures as others on others.figure_id = figures.equivalent_of
where figures.equivalent_of is not null
union all
select 'blocks', document_id, null, null, 'no such document'
from blocks
anti join documents using (document_id);
