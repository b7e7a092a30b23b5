-- Documents that came, went or replaced a former text after one run and up to another. One row per document and change.
create or replace temp table changed_documents as
with places as (
    select
        document_id,
        min(first_run_id) as first_run_id,
        max(missed_run_id) as missed_run_id,
        bool_or(missed_run_id is null) as is_there,
    from sightings
    group by document_id
),
edits as (
    select superseded_by as document_id, document_id as former_id
    from documents
    where superseded_by is not null
),
came as (
    select document_id, first_run_id as run_id, if(document_id in (select document_id from edits), 'changed', 'came') as change
    from places
),
went as (
    select document_id, missed_run_id as run_id, 'went' as change
    from places
    where not is_there and document_id not in (select former_id from edits)
)
select document_id, change
from (from came union all from went)
where run_id > $before and run_id <= $after and document_id in (select document_id from documents);
