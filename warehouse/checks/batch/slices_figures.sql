-- Figures are the passages they point to, clean and raw. One row per figure that is not.
select
    'figures' as table_name,
    figures.figure_id as row_id,
    documents.source_path,
    documents.record,
    concat('start=', figures.start, ', raw_start=', figures.raw_start) as detail,
from figures
join run_articles using (article_id)
join articles using (article_id)
join documents using (document_id)
where substring(articles.text, figures.start + 1, figures."end" - figures.start) <> figures.text
    or not is_same_passage(
        figures.text, substring(documents.text, figures.raw_start + 1, figures.raw_end - figures.raw_start), documents.repairs
    );
