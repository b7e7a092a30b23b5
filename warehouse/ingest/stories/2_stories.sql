-- Which articles tell the same event. One row per article.
insert into stories by name from found_stories;
