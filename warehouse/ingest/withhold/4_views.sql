-- What is left is what is loaded. One row per mention, role or quotation.
create or replace temp view staged_mentions as from kept_mentions;
create or replace temp view staged_person_roles as from kept_person_roles;
create or replace temp view staged_quotations as from kept_quotations;
