-- Blocks of the file in use, and how many of them are free. One row.
select total_blocks, free_blocks
from pragma_database_size()
where database_name = current_database();
