-- Dates of publication as they were before any correction. One row per article.
update articles
set
    published_at = (overruled.former ->> 'published_at')::timestamp,
    published_precision = overruled.former ->> 'published_precision',
    published_evidence = overruled.former ->> 'published_evidence',
from overruled
where overruled.corrected = 'published_at' and overruled.article_id = articles.article_id;
