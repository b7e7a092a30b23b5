-- Which articles tell the same event; a story keeps its name while the article that gave it tells it. One row per article.
insert into stories by name
select
    article_id,
    coalesce(
        min(article_id) filter (story_articles.is_named) over (partition by found_stories.story_id),
        found_stories.story_id
    ) as story_id,
from found_stories
join story_articles using (article_id)
where found_stories.story_id is not null;
