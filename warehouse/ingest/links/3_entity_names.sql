-- What each name stands for. One row per entity type and name.
insert into entity_names by name
select entity_type, name, link_key, article_count, entity_id, link_rule
from links
on conflict (entity_type, name) do update set
    article_count = excluded.article_count,
    entity_id = excluded.entity_id,
    link_rule = excluded.link_rule;
