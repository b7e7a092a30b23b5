-- Lines long enough to tell one text from another. One row per line of a document.
create or replace temp table wide_lines as
select
    document_id,
    source,
    line_number,
    hash(trim(translate(line, chr(160) || chr(8239) || '’', '  '''))) as key,
    length(line) as width,
from (
    select document_id, source, unnest(range(len(lines))) as line_number, unnest(lines) as line
    from texts
)
where length(line) >= $least_width;
