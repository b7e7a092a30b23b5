-- The tables and how many rows they hold. One row per table.
select table_name, estimated_size as row_count, comment
from duckdb_tables()
where not starts_with(table_name, 'ref_')
order by table_name;
