-- One row per stage and reason for which something was set aside.
create or replace view rejects_by_reason as
select
    stage,
    reason,
    count(*) as rejects,
    min(source_path) as first_source_path,
    any_value(detail order by source_path) as first_detail,
    max(run_id) as last_run_id,
from rejects
group by all;
