-- Nothing is gone and nothing is back. No row.
create or replace temp table left_documents (document_id varchar, superseded_by varchar);
create or replace temp table returned_documents (document_id varchar);
