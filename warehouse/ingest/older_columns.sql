-- The tables of an older warehouse and their columns. One row per table.
select table_name, list(column_name order by column_index) as column_names
from duckdb_columns()
where database_name = 'older'
group by table_name;
