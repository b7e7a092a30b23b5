-- The id of a reject: the same fault of the same content at the same place always has the same.
create or replace macro reject_key(source_path, record, stage, reason, detail, payload) as
    sha256(concat_ws(chr(31), source_path, record, stage, reason, detail, sha256(coalesce(payload, ''::blob))))[:16];
