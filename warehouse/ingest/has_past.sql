-- True where a document is not current. One row.
select exists (from documents where not is_current);
