-- What was set aside of the records and files that are forgotten. One row per file, record or row.
delete from rejects
where document_id in (select document_id from dropped_documents)
    or source_path in (from forgotten_paths)
    or (source_path, coalesce(record, -1)) in (
        select (source_path, coalesce(record, -1))
        from sightings
        where document_id in (select document_id from dropped_documents)
    );
