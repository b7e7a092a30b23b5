-- Time expressions are the passages they point to, clean and raw. One row per expression that is not.
select
    'time_expressions' as table_name,
    time_expressions.time_expression_id as row_id,
    documents.source_path,
    documents.record,
    concat('start=', time_expressions.start, ', raw_start=', time_expressions.raw_start) as detail,
from time_expressions
join run_articles using (article_id)
join articles using (article_id)
join documents using (document_id)
where substring(articles.text, time_expressions.start + 1, time_expressions."end" - time_expressions.start) <> time_expressions.text
    or not is_same_passage(
        time_expressions.text, substring(documents.text, time_expressions.raw_start + 1, time_expressions.raw_end - time_expressions.raw_start), documents.repairs
    );
