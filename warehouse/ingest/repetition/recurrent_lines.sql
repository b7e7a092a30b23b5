-- Lines that several documents hold whose text is else their own. One row per source and line.
-- Copies and updates of one text bear no witness for each other.
with
witnesses as (
    select document_id
    from wide_lines
    group by document_id
    having sum(width) filter (holders = 1) >= sum(width) / 2
),
counted as (
    select source, key, count(distinct document_id) as witnesses, min(struct_pack(document_id, line_number)) as place
    from wide_lines
    semi join witnesses using (document_id)
    where holders >= $least_witnesses
    group by source, key
    having count(distinct document_id) >= $least_witnesses
),
sources as (
    select source, count(*) as documents
    from texts
    group by source
),
printed as (
    select document_id, text from documents where document_id in (select place.document_id from counted)
    union
    select document_id, text from read_parquet($batches) where document_id in (select place.document_id from counted)
)
select
    counted.source,
    counted.key,
    string_split(printed.text, chr(10))[counted.place.line_number + 1] as line,
    counted.witnesses,
    sources.documents,
from counted
join sources using (source)
join printed on printed.document_id = counted.place.document_id
order by counted.source, counted.key;
