-- New rejects between two runs; what went is not kept. One row.
select count(*), 0, 0 from rejects where run_id > $before and run_id <= $after;
