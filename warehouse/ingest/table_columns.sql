-- The tables of this file and their columns in order. One row per table.
select table_name, list(column_name order by column_index) as column_names
from duckdb_columns()
join duckdb_tables() using (database_name, schema_name, table_name)
where database_name = current_database() and not duckdb_tables.internal
group by table_name;
