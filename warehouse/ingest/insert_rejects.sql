-- What was set aside, each fault once. One row per file, record or row.
insert into rejects by name
select
    reject_key(source_path, record, stage, reason, detail, payload) as reject_id,
    $run_id as run_id,
    any_value(source_path) as source_path,
    any_value(record) as record,
    any_value(document_id) as document_id,
    any_value(stage) as stage,
    any_value(reason) as reason,
    any_value(detail) as detail,
    any_value(payload) as payload,
from faults
group by reject_id
on conflict do nothing;
