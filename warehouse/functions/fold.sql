-- A word or text for comparing: lower case, no accents, œ as oe, straight apostrophes.
create or replace macro fold(text) as
    replace(replace(replace(strip_accents(lower(text)), 'œ', 'oe'), 'æ', 'ae'), '’', '''');
