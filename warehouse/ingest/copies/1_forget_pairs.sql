-- Pairs of the groups touched, in whatever direction; they are written anew. One row per pair.
delete from duplicates
where (article_id, duplicate_of) in (select (article_id, duplicate_of) from pairs)
    or (duplicate_of, article_id) in (select (article_id, duplicate_of) from pairs);
