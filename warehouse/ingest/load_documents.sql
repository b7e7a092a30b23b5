-- The documents of this run. One row per document.
insert into documents by name
select *, null as superseded_by, true as is_current
from staged_documents;
