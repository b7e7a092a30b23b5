-- Persons, organisations and countries of roles as they were before any correction. One row per role.
update person_roles
set
    entity_id = (select entity_id from mentions where mentions.mention_id = person_roles.mention_id),
    organisation_id = (
        select entity_id from mentions where mentions.mention_id = person_roles.organisation_mention_id
    ),
    country_code = overruled.former ->> 'country_code',
from overruled
where overruled.corrected in ('role', 'organisation', 'country')
    and overruled.article_id = person_roles.article_id
    and overruled.start = person_roles.start;
