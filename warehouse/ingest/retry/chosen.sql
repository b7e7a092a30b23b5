-- Rejects to try again: of a reason, a file, a folder or all, and others of the same records. One row per reject.
-- Not those of a record that is held, of a row of aliases.csv or corrections.csv, or of what was forgotten.
-- inbox and file_path: where the file lay that held it; is_kept: its payload is all that is needed to read it alone.
with chosen as (
    from rejects
    where (
            $wanted = ''
            or reason = $wanted
            or source_path = $wanted
            or starts_with(source_path, $wanted || '/')
        )
        and stage <> 'check'
        and reason <> 'forgotten on request'
        and not starts_with(reason, 'correction ')
        and (document_id is null or document_id not in (select document_id from documents))
),
alike as (
    from chosen
    union
    select rejects.*
    from rejects
    semi join chosen using (document_id)
)
select distinct on (alike.reject_id)
    alike.reject_id,
    alike.source_path,
    alike.record,
    alike.document_id,
    coalesce(files.file_path, alike.source_path) as file_path,
    coalesce(files.inbox, runs.inbox) as inbox,
    alike.payload is not null
        and octet_length(alike.payload) < $payload_bytes
        and alike.reason not in ('record too long', 'empty') as is_kept,
from alike
left join runs using (run_id)
left join files
    on files.file_path = alike.source_path or starts_with(alike.source_path, files.file_path || '/')
order by alike.reject_id, files.run_id = alike.run_id desc nulls last, files.inbox, length(files.file_path);
