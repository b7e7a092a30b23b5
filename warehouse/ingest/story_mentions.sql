-- What the articles in story_articles name. One row per mention.
select article_id, name
from mentions
where article_id in (select article_id from story_articles);
