-- Whether a run has something to save. One row.
-- True where a record was seen at a new place or again, a file is new or holds other records, or something was set
-- aside for the first time.
select
    exists (
        from seen
        anti join sightings
            on sightings.inbox = seen.inbox
            and sightings.source_path = seen.source_path
            and sightings.record is not distinct from seen.record
            and sightings.document_id = seen.document_id
            and sightings.missed_run_id is null
    )
    or exists (
        from files_read
        anti join files using (inbox, file_path, records, rejected)
    )
    or exists (
        select reject_key(source_path, record, stage, reason, detail, payload) as reject_id
        from faults
        except
        select reject_id from rejects
    );
