-- The number of characters of a text that are neither blank nor invisible.
create or replace macro visible_length(text) as length(regexp_replace(text, '[\s\pZ\pC]+', '', 'g'));
