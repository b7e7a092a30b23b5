-- How many warnings there are. One row.
select count(*) from run_warnings;
