-- Files found to hold what they held, at another time of modification. One row per inbox and file.
update files
set size = touched.size, modified_ns = touched.modified_ns, run_id = touched.run_id
from (
    select unnest(
        from_json($touched, '[{
            "inbox": "VARCHAR", "file_path": "VARCHAR", "size": "BIGINT", "modified_ns": "BIGINT", "run_id": "VARCHAR"
        }]'),
        recursive := true
    )
) as touched
where files.inbox = touched.inbox and files.file_path = touched.file_path;
