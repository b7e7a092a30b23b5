-- One row per story, unit and noun on which independent articles give different values.
create or replace view figure_disagreements as
with stated as (
    select distinct
        stories.story_id,
        figures.kind,
        figures.unit,
        figures.noun,
        figures.value,
        figures.article_id,
        figures.text,
        articles.title,
    from figures
    join stories using (article_id)
    join articles using (article_id)
    where articles.duplicate_of is null
        and figures.value is not null
        and figures.value_high is null
        and figures.kind in ('count', 'money')
        and figures.noun is not null
)
select
    story_id,
    kind,
    unit,
    noun,
    count(distinct article_id) as articles,
    list(distinct value order by value) as given_values,
    list(distinct {'value': value, 'text': text, 'title': title}) as sources,
from stated
group by all
having count(distinct value) > 1 and count(distinct article_id) > 1
    and count(distinct value) >= count(distinct article_id);
