-- What is to be forgotten: documents, persons, what these are called, paths. One row per thing.
create or replace temp table dropped_documents as
select document_id from meant_documents;
create or replace temp table forgotten_persons as
select entity_id from meant_persons;
create or replace temp table forgotten_paths as
select source_path from meant_paths;
create or replace temp table forgotten_names as
select fold(name) as folded
from mentions
where entity_id in (from forgotten_persons)
union
select fold(name)
from entities
where entity_id in (from forgotten_persons);
