-- Lines of hashed_records that are long enough to tell one text from another, as hashes. One row per record.
-- With the host that each text names as its own. Pages are left out: trafilatura takes off what they repeat, and their
-- text is not known before they are processed.
with
records as (
    select
        document_id,
        string_split(text, chr(10)) as lines,
        lower(coalesce(
            nullif(regexp_extract(given ->> '$.url', '^(?:https?://)?(?:www\.)?([^/:?#\s]+)', 1), ''),
            case when contains(text, '://') then regexp_extract(
                text, '(?m)^(?:[Ss]ource|URL|[Uu]rl|[Ll]ien)?\s*:?\s*https?://(?:www\.)?([^/:?#\s]+)\S*\s*$', 1
            ) end,
            ''
        )) as source,
    from hashed_records
    where text is not null
),
wide as (
    select
        *,
        list_filter(range(len(lines)), lambda number: length(lines[number + 1]) >= $least_width) as line_numbers,
    from records
)
select
    document_id,
    source,
    line_numbers,
    list_transform(line_numbers, lambda number: md5_number_lower(
        trim(translate(lines[number + 1], chr(160) || chr(8239) || '’', '  '''))
    )) as keys,
    list_transform(line_numbers, lambda number: length(lines[number + 1])) as widths,
from wide;
