-- Former entities, each with the one that most of its names stand for now. One row per former entity.
insert into entity_redirects by name
select former_entity_id as entity_id, arg_max(entity_id, (article_count, entity_id)) as redirects_to
from relinked_names
where former_entity_id not in (select entity_id from entity_names)
group by former_entity_id
on conflict (entity_id) do update set redirects_to = excluded.redirects_to;
