-- The newest run of a file. One row.
select max(run_id) from runs;
