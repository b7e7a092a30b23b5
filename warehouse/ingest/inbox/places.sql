-- Where this run sees records. One row per place and record.
create or replace temp table places (
    inbox varchar, source_path varchar, record bigint, document_id varchar, file_path varchar
);
