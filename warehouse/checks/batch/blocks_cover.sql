-- Every character of a document that is not blank is in exactly one block. One row per document where one is not.
with in_blocks as (
    select
        blocks.document_id,
        sum(visible_length(substring(documents.text, blocks.start + 1, blocks."end" - blocks.start))) as characters,
        max(blocks."end") as last_end,
    from blocks
    join run_articles on run_articles.article_id = blocks.document_id
    join documents using (document_id)
    group by all
)
select
    'blocks' as table_name,
    documents.document_id as row_id,
    documents.source_path,
    documents.record,
    concat(visible_length(documents.text), ' characters, ', in_blocks.characters, ' in blocks') as detail,
from in_blocks
join documents using (document_id)
where visible_length(documents.text) <> in_blocks.characters or in_blocks.last_end > length(documents.text);
