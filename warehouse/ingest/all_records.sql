-- Every document as it was read, to be processed again. One row per document.
-- Of a page only the bytes: its text is extracted anew.
select
    document_id,
    source_path,
    record,
    reader,
    sha256,
    raw,
    case when reader <> 'page' then given end as given,
    encoding,
    case when reader <> 'page' then repairs else [] end as repairs,
    case when reader <> 'page' then text end as text,
    case when reader <> 'page' then line_kinds else [] end as line_kinds,
    []::bigint[] as repeated_lines,
from documents
order by document_id;
