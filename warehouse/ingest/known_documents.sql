-- Documents of this chunk that the warehouse holds, processed as they would be now. One row per document.
-- Of several inboxes that hold a document, the one that has held it longest says what is given beside its text.
select
    documents.document_id,
    documents.given,
    coalesce(arg_min(sightings.inbox, (sightings.first_run_id, sightings.inbox)), $inbox) = $inbox as is_ours,
from documents
semi join chunk using (document_id)
left join sightings on sightings.document_id = documents.document_id and sightings.missed_run_id is null
where documents.processed_by = $processed_by
group by documents.document_id, documents.given;
