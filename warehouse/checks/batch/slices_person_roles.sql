-- Roles are the passages they point to, clean and raw. One row per role that is not.
select
    'person_roles' as table_name,
    person_roles.mention_id || '/' || person_roles.start as row_id,
    documents.source_path,
    documents.record,
    concat('start=', person_roles.start, ', raw_start=', person_roles.raw_start) as detail,
from person_roles
join run_articles using (article_id)
join articles using (article_id)
join documents using (document_id)
where substring(articles.text, person_roles.start + 1, person_roles."end" - person_roles.start) <> person_roles.role
    or not is_same_passage(
        person_roles.role,
        substring(documents.text, person_roles.raw_start + 1, person_roles.raw_end - person_roles.raw_start),
        documents.repairs
    );
