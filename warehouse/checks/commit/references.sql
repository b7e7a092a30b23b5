-- What the rows of new articles, names and copies refer to is there. One row per reference to nothing.
select 'mentions' as table_name, mention_id as row_id, null::varchar as source_path, null::bigint as record,
    concat('entity_id ', entity_id) as detail
from mentions
semi join run_articles using (article_id)
anti join entities using (entity_id)
union all
select 'quotations', quotation_id, null, null, concat('speaker_id ', speaker_id)
from quotations
semi join run_articles using (article_id)
anti join entities on entities.entity_id = quotations.speaker_id
where speaker_id is not null
union all
select 'person_roles', mention_id, null, null, concat('entity_id ', entity_id)
from person_roles
semi join run_articles using (article_id)
anti join entities using (entity_id)
union all
select 'person_roles', mention_id, null, null, concat('organisation_id ', organisation_id)
from person_roles
semi join run_articles using (article_id)
anti join entities on entities.entity_id = person_roles.organisation_id
where organisation_id is not null
union all
select 'entity_names', entity_type || ' ' || name, null, null, concat('entity_id ', entity_id)
from entity_names
anti join entities using (entity_id)
union all
select 'articles', article_id, source_path, null, concat('duplicate_of ', duplicate_of)
from articles
anti join articles as others on others.article_id = articles.duplicate_of
where articles.duplicate_of is not null;
