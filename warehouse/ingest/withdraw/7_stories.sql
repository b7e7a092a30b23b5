-- Stories of the articles that leave. One row per article.
create or replace temp table withdrawn_stories as
select article_id, story_id
from stories
where article_id in (select article_id from withdrawn_articles);
delete from stories
where article_id in (select article_id from withdrawn_articles);
