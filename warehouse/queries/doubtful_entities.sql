-- Entities of one type whose names share a key: perhaps the same thing, perhaps not. One row per group.
select
    entity_names.entity_type,
    entity_names.link_key,
    list(distinct entities.name order by entities.name) as entities,
    sum(entity_names.article_count) as articles,
from entity_names
join entities using (entity_id)
where entities.country_code is null
group by entity_names.entity_type, entity_names.link_key
having count(distinct entity_names.entity_id) between 2 and 8
order by articles desc
limit 50;
