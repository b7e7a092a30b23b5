-- The number of faults that were not told before. One row.
select count(*)
from (
    select reject_key(source_path, record, stage, reason, detail, from_hex(payload)) as reject_id
    from (
        select unnest(
            from_json($faults, '[{
                "source_path": "VARCHAR",
                "record": "BIGINT",
                "stage": "VARCHAR",
                "reason": "VARCHAR",
                "detail": "VARCHAR",
                "payload": "VARCHAR"
            }]'),
            recursive := true
        )
    )
)
anti join rejects using (reject_id);
