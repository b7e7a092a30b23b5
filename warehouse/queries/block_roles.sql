-- What the documents are made of. One row per role of text.
select role, count(*) as blocks, count(distinct document_id) as documents, sum(length(text)) as characters
from blocks
where document_id in (select document_id from documents where is_current)
group by role
order by characters desc, role;
