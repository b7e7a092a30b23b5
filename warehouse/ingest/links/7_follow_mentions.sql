-- Earlier mentions follow a name that now stands for another entity. One row per mention.
update mentions
set entity_id = relinked.entity_id, link_rule = relinked.link_rule
from relinked_names as relinked
where mentions.entity_type = relinked.entity_type
    and mentions.name = relinked.name
    and (mentions.entity_id <> relinked.entity_id or mentions.link_rule <> relinked.link_rule);
