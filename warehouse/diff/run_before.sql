-- The run before one. One row, none for the first.
select max(run_id) as run_id from runs where run_id < $run_id having max(run_id) is not null;
