-- The article with the latest printed date that is not of the future. One row.
select published_at, title, source_path
from articles
where is_current and published_at <= $now + interval 1 day
order by published_at desc, article_id
limit 1;
