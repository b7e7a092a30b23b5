-- Each copy points to its representative. One row per article.
update articles
set duplicate_of = representatives.duplicate_of
from representatives
where articles.article_id = representatives.article_id
    and articles.duplicate_of is distinct from representatives.duplicate_of;
