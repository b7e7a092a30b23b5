-- Quotations are the passages they point to, clean and raw. One row per quotation that is not.
select
    'quotations' as table_name,
    quotations.quotation_id as row_id,
    documents.source_path,
    documents.record,
    concat('start=', quotations.start, ', raw_start=', quotations.raw_start) as detail,
from quotations
join run_articles using (article_id)
join articles using (article_id)
join documents using (document_id)
where substring(articles.text, quotations.start + 1, quotations."end" - quotations.start) <> quotations.text
    or not is_same_passage(
        quotations.text, substring(documents.text, quotations.raw_start + 1, quotations.raw_end - quotations.raw_start), documents.repairs
    );
