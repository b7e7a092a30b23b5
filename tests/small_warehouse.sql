-- A warehouse of two runs: the first loaded `bac` and `digue`, the second found `digue` edited and `halle` new.
insert into runs by name
select run_id, started_at, started_at + interval 9 second as ended_at, 'published' as status, 'depeches' as inbox, found,
    loaded, found - loaded - rejected as unchanged, 0 as repeated, rejected, 2 as articles, '0' as marbre_version,
    'e' as engine, '{}' as versions
from (values
    ('2026-11-01T06:00:00-aaaaaa', timestamp '2026-11-01 06:00:00', 4, 2, 2),
    ('2026-11-02T06:00:00-bbbbbb', timestamp '2026-11-02 06:00:00', 5, 2, 2)
) as rows (run_id, started_at, found, loaded, rejected);
insert into documents by name
select document_id, source_path, text, superseded_by, superseded_by is null as is_current, encode(text) as raw,
    sha256(encode(text)) as sha256, 'utf-8' as encoding, [] as repairs, [] as line_kinds, [] as repeated_lines, 'e 0' as processed_by,
    'text' as reader
from (values
    ('bac', 'bac.txt', 'Le bac de Valbourg a rouvert lundi.', null),
    ('digue', 'digue.txt', 'La digue de Hautecombe a cédé mardi.', 'digue2'),
    ('digue2', 'digue.txt', 'La digue de Hautecombe a cédé mercredi.', null),
    ('halle', 'halle.txt', 'La halle de Marselin ouvre jeudi.', null)
) as rows (document_id, source_path, text, superseded_by);
insert into articles by name
select document_id as article_id, document_id, source_path, [] as authors, [] as agencies, 'fr' as language,
    false as is_machine_translated, text, len(string_split(text, ' ')) as words, is_current, upper(document_id) as title,
    timestamp '2026-11-01 05:00:00' + to_hours(length(document_id)) as published_at, 'minute' as published_precision
from documents;
insert into blocks by name
select document_id, 0 as block_index, 'body' as role, 'test' as role_rule, 'fr' as language, 0 as start,
    length(text) as "end", text
from documents;
insert into sightings by name
select 'depeches' as inbox, source_path, source_path as file_path, document_id,
    if(document_id in ('bac', 'digue'), '2026-11-01T06:00:00-aaaaaa', '2026-11-02T06:00:00-bbbbbb') as first_run_id,
    '2026-11-02T06:00:00-bbbbbb' as last_run_id,
    if(document_id = 'digue', '2026-11-02T06:00:00-bbbbbb', null) as missed_run_id
from documents;
insert into rejects by name
select * from (values
    ('0a1b2c3d4e5f6071', '2026-11-01T06:00:00-aaaaaa', 'breves.jsonl', 3, 'read', 'not JSON', 'line 1', encode('{"texte": "[/red]' || chr(27) || '[2J' || chr(7))::blob),
    ('0a99999999999999', '2026-11-01T06:00:00-aaaaaa', 'vide.txt', null, 'read', 'empty', 'nothing to read in it', ' '::blob),
    ('ffffffffffffffff', '2026-11-02T06:00:00-bbbbbb', 'lot/image.txt', null, 'decode', 'not a text', null, null),
    ('eeeeeeeeeeeeeeee', '2026-11-02T06:00:00-bbbbbb', 'lot/b.txt', null, 'read', 'the moon was full', null, null)
) as rows (reject_id, run_id, source_path, record, stage, reason, detail, payload)
