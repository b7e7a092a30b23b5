-- Texts of the articles in candidate_articles. One row per article.
select article_id, text
from articles
where article_id in (select article_id from candidate_articles);
