-- Files that held them are read again: that they still hold them must be told once. One row per inbox and file.
delete from files
where (inbox, file_path) in (
    select (inbox, file_path) from sightings where document_id in (select document_id from dropped_documents)
);
