-- What was set aside, by reason. One row per stage and reason.
select stage, reason, rejects, first_source_path
from rejects_by_reason
order by rejects desc, stage, reason;
