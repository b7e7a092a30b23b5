-- Files that were read anew, and files that are gone. One row per inbox and file.
delete from files
where (inbox, file_path) in (
    select (inbox, file_path) from files_read
    union all
    select (inbox, file_path) from gone_files
);
