-- Dates of publication as corrected by hand. One row per article.
update articles
set
    published_at = corrections.value::timestamp,
    published_precision = case when length(corrections.value) > 10 then 'minute' else 'day' end,
    published_evidence = 'corrections.csv',
from corrections
where corrections.corrected = 'published_at' and corrections.article_id = articles.article_id;
