-- Pairs of the groups touched; they are written anew. One row per pair.
delete from duplicates
where article_id in (from touched_copies);
