-- Shingles of the articles that leave; they are cut anew where one comes back. One row per article and shingle.
create or replace temp table withdrawn_shingles as
select article_id, shingle
from shingles
where article_id in (select article_id from withdrawn_articles);
delete from shingles
where article_id in (select article_id from withdrawn_articles);
