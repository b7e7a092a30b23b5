-- Places of documents that are dropped. One row per place and record.
delete from sightings
where document_id in (select document_id from dropped_documents);
