-- Files as they were read; records without a document were set aside while they were processed. One row per inbox and file.
insert into files by name
select
    files_read.inbox,
    files_read.file_path,
    files_read.size,
    files_read.modified_ns,
    files_read.records,
    files_read.rejected + coalesce(lost.records, 0) as rejected,
    $run_id as run_id,
from files_read
left join (
    select file_path, count(*) as records
    from seen
    anti join documents using (document_id)
    group by file_path
) as lost using (file_path);
