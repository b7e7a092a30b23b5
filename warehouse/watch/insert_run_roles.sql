-- What the texts of this run are made of. One row per role.
insert into run_roles by name
select
    $run_id as run_id,
    role,
    sum("end" - start)::bigint as characters,
from staged_blocks
group by role;
