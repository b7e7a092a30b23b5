-- Documents that no place holds any more, in this inbox or another. One row per document.
-- Each with the document that its file holds now, where it was edited. A file of many records is edited where its new
-- record stood nowhere else before: rows that only move are no edits.
create or replace temp table left_documents as
with
held as (
    select document_id from seen
    union
    select document_id
    from sightings
    anti join missed_places
        on missed_places.inbox = sightings.inbox
        and missed_places.source_path = sightings.source_path
        and missed_places.record is not distinct from sightings.record
        and missed_places.document_id = sightings.document_id
    where missed_run_id is null
),
edits as (
    select missed_places.document_id, seen.document_id as superseded_by, seen.source_path
    from missed_places
    join seen
        on seen.inbox = missed_places.inbox
        and seen.source_path = missed_places.source_path
        and seen.record is not distinct from missed_places.record
    where seen.record is null
        or not exists (
            from sightings as other
            where other.document_id = seen.document_id
                and (other.inbox, other.source_path, coalesce(other.record, -1))
                    <> (seen.inbox, seen.source_path, coalesce(seen.record, -1))
        )
)
select missed_places.document_id, arg_min(edits.superseded_by, edits.source_path) as superseded_by
from missed_places
join documents on documents.document_id = missed_places.document_id and documents.is_current
left join edits on edits.document_id = missed_places.document_id
where missed_places.document_id not in (from held)
group by all;
