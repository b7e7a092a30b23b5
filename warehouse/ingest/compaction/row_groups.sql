-- Row groups of a table, and its rows. One row.
select count(distinct row_group_id) as groups, coalesce(sum(count), 0)::bigint as rows
from pragma_storage_info($table)
where column_id = 0 and segment_type <> 'VALIDITY';
