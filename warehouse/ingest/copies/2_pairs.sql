-- Pairs of copies, from the copy to the other. One row per pair.
insert into duplicates by name from pairs;
