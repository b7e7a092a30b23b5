-- The things that names stand for. One row per entity.
insert into entities by name
select
    entity_id,
    any_value(entity_name order by entity_name) as name,
    any_value(linked_type order by linked_type) as entity_type,
    any_value(country_code) as country_code,
    any_value(geoname_id) as geoname_id,
    any_value(wikidata_id) as wikidata_id,
from links
group by entity_id
on conflict (entity_id) do update set
    name = excluded.name,
    entity_type = excluded.entity_type,
    country_code = coalesce(excluded.country_code, entities.country_code),
    geoname_id = coalesce(excluded.geoname_id, entities.geoname_id),
    wikidata_id = coalesce(excluded.wikidata_id, entities.wikidata_id);
