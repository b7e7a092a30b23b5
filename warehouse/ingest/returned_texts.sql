-- Texts of the articles that are here again. One row per article.
select article_id, text
from articles
where article_id in (select document_id from returned_documents)
order by article_id;
