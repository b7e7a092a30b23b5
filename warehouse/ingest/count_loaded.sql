-- What the batches came to: documents, articles, and records set aside whole. One row.
select
    (select count(*) from staged_documents) as loaded,
    (select count(*) from staged_articles) as articles,
    (
        select count(distinct (source_path, record))
        from staged_rejects
        where (source_path, coalesce(record, -1)) not in (
            select (source_path, coalesce(record, -1)) from staged_documents
        )
    ) as told;
