-- Documents whose furniture is no longer what it was when they were processed. One row per document.
-- New ones that hold any are among them.
create or replace temp table changed_documents as
with held as (
    select document_id, list(line_number order by line_number) as repeated_lines
    from wide_lines
    semi join furniture using (source, key)
    group by document_id
)
select texts.document_id, texts.is_new, coalesce(held.repeated_lines, []::bigint[]) as repeated_lines
from texts
left join held using (document_id)
where texts.repeated_lines <> coalesce(held.repeated_lines, []::bigint[]);
