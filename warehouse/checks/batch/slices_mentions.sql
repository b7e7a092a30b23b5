-- Mentions are the passages they point to, clean and raw. One row per mention that is not.
select
    'mentions' as table_name,
    mentions.mention_id as row_id,
    documents.source_path,
    documents.record,
    concat('start=', mentions.start, ', raw_start=', mentions.raw_start) as detail,
from mentions
join run_articles using (article_id)
join articles using (article_id)
join documents using (document_id)
where substring(articles.text, mentions.start + 1, mentions."end" - mentions.start) <> mentions.text
    or not is_same_passage(
        mentions.text, substring(documents.text, mentions.raw_start + 1, mentions.raw_end - mentions.raw_start), documents.repairs
    );
