-- What the ledger knows of records just read. One row per record, in their order.
-- is_held: processed as it would be now; other_given: what the document has beside its text, where that differs and this
-- inbox decides it, the one of several that has held it longest; is_there: seen at this place before.
with
found as (
    select unnest(
        from_json($records, '[{
            "document_id": "VARCHAR",
            "source_path": "VARCHAR",
            "record": "BIGINT",
            "given_hash": "VARCHAR",
            "position": "BIGINT"
        }]'),
        recursive := true
    )
),
held as (
    select document_id, given
    from documents
    where document_id in (select document_id from found) and processed_by = $processed_by
),
places as (
    select document_id, inbox, source_path, record, first_run_id
    from sightings
    where document_id in (select document_id from found) and missed_run_id is null
),
deciding as (
    select document_id, arg_min(inbox, (first_run_id, inbox)) as inbox
    from places
    group by document_id
)
select
    held.document_id is not null as is_held,
    places.document_id is not null as is_there,
    case
        when coalesce(deciding.inbox, $inbox) = $inbox and sha256(coalesce(held.given, '')) <> found.given_hash
        then coalesce(held.given, '{}')
    end as other_given,
from found
left join held using (document_id)
left join deciding using (document_id)
left join places
    on places.document_id = found.document_id
    and places.inbox = $inbox
    and places.source_path = found.source_path
    and places.record is not distinct from found.record
order by found.position;
