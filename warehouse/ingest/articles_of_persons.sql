-- Documents whose text names a person. One row per document.
select distinct documents.document_id, documents.source_path, documents.record, documents.text, articles.title
from mentions
join articles using (article_id)
join documents using (document_id)
where mentions.entity_id in (select unnest($persons))
order by documents.source_path, documents.record, documents.document_id;
