-- The articles of this run. One row per article.
insert into articles by name
select *, true as is_current
from staged_articles;
