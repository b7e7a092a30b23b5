-- Names known before that now stand for another entity. One row per name.
create or replace temp table relinked_names as
select
    links.entity_type,
    links.name,
    links.article_count,
    links.entity_id,
    links.link_rule,
    known.entity_id as former_entity_id,
from links
join entity_names as known using (entity_type, name)
where known.entity_id <> links.entity_id or known.link_rule <> links.link_rule;
