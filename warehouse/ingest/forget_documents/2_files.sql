-- Files that held them: what is still there is read again, and told once. One row per inbox and file.
delete from files
where file_path in (from forgotten_paths)
    or (inbox, file_path) in (
        select (inbox, file_path) from sightings where document_id in (select document_id from dropped_documents)
    );
