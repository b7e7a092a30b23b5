-- Tokens are the passages of their sentence that they point to. One row per token that is not.
select
    'tokens' as table_name,
    tokens.article_id || '/' || tokens.start as row_id,
    articles.source_path,
    null::bigint as record,
    concat('sentence_index=', tokens.sentence_index) as detail,
from tokens
join run_articles using (article_id)
join sentences using (article_id, sentence_index)
join articles using (article_id)
where substring(sentences.text, tokens.start - sentences.start + 1, tokens."end" - tokens.start) <> tokens.text;
