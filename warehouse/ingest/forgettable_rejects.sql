-- How much was set aside of a path. One row.
select count(*) as rejects
from rejects
where source_path = $wanted;
