-- Countries of roles as corrected by hand. One row per role.
update person_roles
set country_code = corrections.value
from corrections
where corrections.corrected = 'country'
    and corrections.article_id = person_roles.article_id
    and corrections.start = person_roles.start;
