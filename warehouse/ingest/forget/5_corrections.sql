-- What people corrected about them, as last read. One row per alias or correction.
delete from aliases
where entity_type = 'PER' and (fold(name) in (from forgotten_names) or fold(canonical) in (from forgotten_names));
delete from corrections
where fold("value") in (from forgotten_names);
