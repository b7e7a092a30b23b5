-- Rejects that this run has tried again; what is still wrong is told anew. One row per reject.
delete from rejects where reject_id in (from retried);
