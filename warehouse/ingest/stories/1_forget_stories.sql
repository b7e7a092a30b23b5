-- Stories of the articles looked at; they are told anew. One row per article.
delete from stories
where article_id in (select article_id from found_stories);
