-- What decides which of several copies stands for them. One row per article in candidate_articles.
select article_id, published_at, length(text) as length
from articles
where article_id in (select article_id from candidate_articles);
