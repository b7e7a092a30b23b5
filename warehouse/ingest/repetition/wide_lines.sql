-- Long lines of the documents that hold a line that recurs. One row per line of a document.
-- holders counts the documents, of all sources, that hold the line. Of 36,000 articles few hold such a line, so only the
-- first step looks at all of them.
create or replace temp table wide_lines as
with
recurrent as (
    select key
    from (select unnest(keys) as key from texts)
    group by key
    having count(*) >= $least_witnesses
),
held as (
    select distinct document_id
    from (select document_id, unnest(keys) as key from texts)
    semi join recurrent using (key)
),
lines as (
    select document_id, source, unnest(line_numbers) as line_number, unnest(keys) as key, unnest(widths) as width
    from texts
    semi join held using (document_id)
),
counted as (
    select key, count(distinct document_id) as holders
    from (select document_id, unnest(keys) as key from texts)
    where key in (select key from lines)
    group by key
)
select lines.*, counted.holders
from lines
join counted using (key);
