-- What was kept of a reject. One row.
select payload from rejects where reject_id = $reject_id;
