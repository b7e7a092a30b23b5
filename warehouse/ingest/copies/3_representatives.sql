-- Each copy points to its representative; what is no copy any more points to nothing. One row per article.
update articles
set duplicate_of = chosen.duplicate_of
from (
    select touched_copies.article_id, representatives.duplicate_of
    from touched_copies
    left join representatives using (article_id)
) as chosen
where articles.article_id = chosen.article_id
    and articles.duplicate_of is distinct from chosen.duplicate_of;
