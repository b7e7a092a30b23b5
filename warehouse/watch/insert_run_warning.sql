-- Something odd about a run. One row.
insert into run_warnings by name
select $run_id as run_id, $measure as measure, $value::double as value, $usual::double as usual, $message as message
on conflict do nothing;
