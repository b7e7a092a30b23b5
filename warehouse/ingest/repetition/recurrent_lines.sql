-- Lines that several documents hold whose text is else their own. One row per source and line.
-- Copies and updates of one text bear no witness for each other.
with held as (
    select key, count(distinct document_id) as holders
    from wide_lines
    group by key
),
witnesses as (
    select document_id
    from wide_lines
    join held using (key)
    group by document_id
    having sum(width) filter (holders = 1) >= sum(width) / 2
),
counted as (
    select source, key, count(distinct document_id) as witnesses, min(struct_pack(document_id, line_number)) as place
    from wide_lines
    semi join witnesses using (document_id)
    semi join (from held where holders >= $least_witnesses) using (key)
    group by source, key
    having count(distinct document_id) >= $least_witnesses
),
sources as (
    select source, count(*) as documents
    from texts
    group by source
)
select counted.source, counted.key, texts.lines[place.line_number + 1] as line, counted.witnesses, sources.documents
from counted
join sources on sources.source = counted.source
join texts on texts.document_id = place.document_id
order by counted.source, counted.key;
