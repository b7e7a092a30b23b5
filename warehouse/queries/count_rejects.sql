-- How much was set aside. One row.
select count(*) from rejects;
