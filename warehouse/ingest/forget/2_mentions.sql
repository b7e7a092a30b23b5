-- Mentions of forgotten persons. One row per mention.
create or replace temp table forgotten_mentions as
select mention_id, article_id
from mentions
where entity_id in (from forgotten_persons);
delete from mentions
where mention_id in (select mention_id from forgotten_mentions);
