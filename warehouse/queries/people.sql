-- The people named in most independent sources. One row per person.
select name, mentions, articles, independent_sources
from independent_sources
where entity_type = 'PER'
order by independent_sources desc, mentions desc, name
limit 5;
