-- Mentions of articles that are here again, with what their names stand for by now. One row per mention.
update mentions
set entity_id = names.entity_id, link_rule = names.link_rule
from entity_names as names
where mentions.article_id in (select document_id from returned_documents)
    and names.entity_type = mentions.entity_type
    and names.name = mentions.name
    and (mentions.entity_id <> names.entity_id or mentions.link_rule <> names.link_rule);
