-- Records just read. One row per place and record.
insert into places by name
select
    $inbox as inbox,
    unnest(
        from_json($records, '[{
            "source_path": "VARCHAR", "record": "BIGINT", "document_id": "VARCHAR", "file_path": "VARCHAR"
        }]'),
        recursive := true
    );
