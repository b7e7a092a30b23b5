-- How a run differs from those before it in its inbox. One row per measure that is beyond its limit.
with this_run as (
    from runs where run_id = $run_id
),
earlier_runs as (
    select runs.*
    from runs
    join this_run on runs.inbox = this_run.inbox and (runs.started_at, runs.run_id) < (this_run.started_at, this_run.run_id)
    order by runs.started_at desc, runs.run_id desc
    limit $earlier_runs
),
compared as (
    select true as is_this, * from this_run
    union all
    select false, * from earlier_runs
),
counts as (
    select measure, max(n) filter (is_this) as value, median(n) filter (not is_this) as usual,
    from (select is_this, found::double as records, articles::double as articles from compared)
    unpivot (n for measure in (records, articles))
    group by measure
),
count_warnings as (
    select measure, value, usual,
        concat(value::bigint, ' ', measure, if(measure = 'records', ' found', ' loaded'), '; usual are ', round(usual)::bigint) as message,
    from counts
    where usual >= $usual_count and value < $few * usual
),
set_aside as (
    select run_id, count(distinct (source_path, record)) as records
    from rejects
    where run_id in (select run_id from compared)
    group by run_id
),
news as (
    select is_this, sum(coalesce(set_aside.records, 0)) as new_rejects, sum(loaded) as new_records
    from compared
    left join set_aside using (run_id)
    group by is_this
),
shares as (
    select is_this, new_rejects, coalesce(new_rejects / nullif(new_rejects + new_records, 0), 0) as share
    from news
),
reject_warnings as (
    select 'rejects' as measure, now.share as value, past.share as usual,
        concat(now.new_rejects, ' new rejects, ', round(100 * value)::bigint, ' % of what was new; usual are ', round(100 * usual)::bigint, ' %') as message,
    from (from shares where is_this) as now, (from shares where not is_this) as past
    where now.new_rejects >= $many_rejects
        and value >= $times_rejects * usual
        and value - usual >= $more_rejects
),
roles as (
    select is_this, run_id, role, run_roles.characters,
        run_roles.characters / sum(run_roles.characters) over (partition by run_id) as share,
    from compared
    join run_roles using (run_id)
    where compared.articles >= $role_articles
),
usual_roles as (
    select role, sum(characters) / sum(sum(characters)) over () as share
    from roles
    where not is_this
    group by role
),
differences as (
    select run.is_this, run.run_id, role, coalesce(roles.share, 0) as share, coalesce(usual_roles.share, 0) as usual_share,
    from (select distinct is_this, run_id from roles) as run
    cross join (select distinct role from roles) as any_role
    left join roles using (run_id, role)
    left join usual_roles using (role)
),
distances as (
    select is_this, run_id, sum(abs(share - usual_share)) / 2 as distance, max_by(role, share - usual_share) as role,
        max_by(share, share - usual_share) as share, max_by(usual_share, share - usual_share) as usual_share,
    from differences
    group by all
),
role_warnings as (
    select 'roles' as measure, now.distance as value, past.distance as usual,
        concat('another mix of roles: ', now.role, ' is ', round(100 * now.share)::bigint, ' % of the text; usual are ', round(100 * now.usual_share)::bigint, ' %') as message,
    from (from distances where is_this) as now,
        (select max(distance) as distance, count(*) as runs from distances where not is_this) as past
    where past.runs >= $needed_runs and value >= $other_roles and value >= $times_roles * usual
)
select $run_id as run_id, measure, value, usual, message
from (from count_warnings union all from reject_warnings union all from role_warnings)
where (select count(*) from earlier_runs) >= $needed_runs
order by measure;
