-- Of some documents, those that this run has seen already. One row per document.
with asked as (select unnest(from_json($document_ids, '["VARCHAR"]')) as document_id)
select document_id from seen_documents semi join asked using (document_id)
union
select document_id from places semi join asked using (document_id);
