-- Sentences are the passages they point to. One row per sentence that is not.
select
    'sentences' as table_name,
    sentences.article_id || '/' || sentences.sentence_index as row_id,
    documents.source_path,
    documents.record,
    concat('start=', sentences.start) as detail,
from sentences
join run_articles using (article_id)
join articles using (article_id)
join documents using (document_id)
where substring(articles.text, sentences.start + 1, sentences."end" - sentences.start) <> sentences.text;
