-- True where a clean text and its raw passage hold the same letters and digits (whatever their case: titles in capitals are
-- re-cased; ʼ is a letter to Unicode), or the document says what was repaired.
create or replace macro is_same_passage(clean, passage, repairs) as
    length(passage) > 0
    and (
        len(repairs) > 0
        or regexp_replace(lower(clean), '[^\pL\pN]+|\p{Lm}+', '', 'g')
            = regexp_replace(lower(passage), '[^\pL\pN]+|\p{Lm}+', '', 'g')
    );
