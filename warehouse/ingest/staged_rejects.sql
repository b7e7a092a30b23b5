-- What the batches set aside. One row per record or row.
select source_path, record, stage, reason, detail, payload, document_id
from staged_rejects;
