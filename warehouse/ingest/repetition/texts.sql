-- Texts of new records and of earlier documents, with the host that each names. One row per document.
-- Pages are left out: trafilatura takes off what they repeat, and their text is not known before they are processed.
create or replace temp table texts as
with records as (
    select document_id, given, text, []::bigint[] as repeated_lines, true as is_new
    from read_parquet($batches)
    where text is not null
    union all
    select document_id, given, text, repeated_lines, false as is_new
    from documents
    anti join read_parquet($batches) using (document_id)
    where not regexp_matches(source_path, '\.html?$', 'i')
        and (is_current or document_id in (select document_id from returned_documents))
        and document_id not in (select document_id from left_documents)
)
select
    document_id,
    string_split(text, chr(10)) as lines,
    repeated_lines,
    is_new,
    lower(coalesce(
        nullif(regexp_extract(given ->> '$.url', '^(?:https?://)?(?:www\.)?([^/:?#\s]+)', 1), ''),
        case when contains(text, '://') then regexp_extract(
            text, '(?m)^(?:[Ss]ource|URL|[Uu]rl|[Ll]ien)?\s*:?\s*https?://(?:www\.)?([^/:?#\s]+)\S*\s*$', 1
        ) end,
        ''
    )) as source,
from records;
