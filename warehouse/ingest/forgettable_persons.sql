-- Persons that are meant by an id or a full name. One row per entity.
-- A surname that is only linked to its bearer names nobody: it may be another's tomorrow.
select entity_id, name
from entities
where entity_type = 'PER'
    and (
        entity_id = $wanted
        or fold(name) = fold($wanted)
        or entity_id in (
            select entity_id
            from entity_names
            where entity_type = 'PER' and fold(name) = fold($wanted) and link_rule not in ('surname', 'initial')
        )
    )
order by name, entity_id;
