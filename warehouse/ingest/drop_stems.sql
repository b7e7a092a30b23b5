-- Stems of words that no article has any more. One row per folded word.
delete from stems
where word not in (select word from words_left);
