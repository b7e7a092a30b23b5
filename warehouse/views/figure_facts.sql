-- One row per figure of a current article, with its sentence and the entities named in that sentence.
create or replace view figure_facts as
with named as (
    select
        sentences.article_id,
        sentences.sentence_index,
        list(distinct entities.name order by entities.name) as entities,
    from sentences
    join mentions
        on mentions.article_id = sentences.article_id
        and mentions.start between sentences.start and sentences."end" - 1
    join entities using (entity_id)
    group by all
)
select
    figures.figure_id,
    figures.article_id,
    figures.start,
    figures.text,
    figures.kind,
    figures.value,
    figures.value_high,
    figures.modifier,
    figures.unit,
    figures.noun,
    figures.iso,
    figures.resolved_start,
    figures.resolved_end,
    figures.equivalent_of,
    sentences.sentence_index,
    sentences.text as sentence,
    coalesce(named.entities, []) as entities,
    articles.title,
    articles.published_at,
    coalesce(articles.publication, articles.site) as source,
    articles.publication,
    articles.site,
    articles.duplicate_of is null as is_original,
from figures
join articles using (article_id)
left join sentences
    on sentences.article_id = figures.article_id
    and figures.start between sentences.start and sentences."end" - 1
left join named
    on named.article_id = figures.article_id
    and named.sentence_index = sentences.sentence_index
where articles.is_current;
