-- One row per quotation of a current article whose speaker the text names.
create or replace view quotations_by_speaker as
select
    entities.name as speaker,
    quotations.text as quotation,
    quotations.kind,
    quotations.verb,
    articles.published_at,
    articles.title,
    coalesce(articles.publication, articles.site) as source,
    articles.publication,
    articles.site,
    articles.duplicate_of is null as is_original,
    quotations.speaker_text,
    quotations.speaker_rule,
    quotations.speaker_id,
    quotations.quotation_id,
    quotations.article_id,
from quotations
join entities on entities.entity_id = quotations.speaker_id
join articles using (article_id)
where articles.is_current;
