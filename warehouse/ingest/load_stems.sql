-- The stem of each word that was not seen before. One row per word.
insert into stems by name
select word, any_value(stem) as stem
from staged_stems
anti join stems using (word)
group by word;
