-- A word or text for comparing: lower case, no accents, œ as oe, ø as o, ł as l, straight apostrophes.
create or replace macro fold(text) as
    replace(replace(translate(strip_accents(lower(text)), 'øł’', 'ol'''), 'œ', 'oe'), 'æ', 'ae');
