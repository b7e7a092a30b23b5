-- The entities that corrections name, of the type that fits best where several have that name. One row per correction.
create or replace temp table corrected_entities as
select
    corrections.corrected,
    corrections.article_id,
    corrections.start,
    arg_min(entities.entity_id, (
        list_position(
            case corrections.corrected
                when 'role' then ['PER', 'ORG', 'LOC', 'MISC']
                when 'speaker' then ['PER', 'ORG', 'MISC', 'LOC']
                else ['ORG', 'LOC', 'MISC', 'PER']
            end,
            entities.entity_type
        ),
        entities.entity_id
    )) as entity_id,
from corrections
join entities on fold(entities.name) = fold(corrections.value)
where corrections.corrected in ('role', 'speaker', 'organisation')
group by all;
