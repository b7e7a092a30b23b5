-- What the batches came to: documents, articles, and records set aside whole; documents revised left out. One row.
select
    (select count(*) from staged_documents where document_id not in (from revised)) as loaded,
    (select count(*) from staged_articles where article_id not in (from revised)) as articles,
    (
        select count(distinct (source_path, record))
        from staged_rejects
        where stage <> 'check' and (source_path, coalesce(record, -1)) not in (
            select (source_path, coalesce(record, -1)) from staged_documents
            union all
            select (source_path, coalesce(record, -1)) from documents where document_id in (from revised)
        )
    ) as told;
