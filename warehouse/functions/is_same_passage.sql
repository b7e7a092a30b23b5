-- True where a clean text and its raw passage hold the same letters and digits, or the document says what was repaired.
create or replace macro is_same_passage(clean, passage, repairs) as
    length(passage) > 0
    and (
        len(repairs) > 0
        or regexp_replace(clean, '[^\pL\pN]+', '', 'g') = regexp_replace(passage, '[^\pL\pN]+', '', 'g')
    );
