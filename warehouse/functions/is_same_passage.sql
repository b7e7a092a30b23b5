-- True where a clean text and its raw passage hold the same letters and digits in any case, or a repair was told.
-- Titles in capitals are re-cased; the apostrophe ʼ is a letter to Unicode.
create or replace macro is_same_passage(clean, passage, repairs) as
    length(passage) > 0
    and (
        clean = passage
        or len(repairs) > 0
        or regexp_replace(lower(clean), '[^\pL\pN]+|\p{Lm}+', '', 'g')
            = regexp_replace(lower(passage), '[^\pL\pN]+|\p{Lm}+', '', 'g')
    );
