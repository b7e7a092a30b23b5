-- One row per story, unit and noun on which independent articles give different values.
create or replace view figure_disagreements as
with stated as (  -- a copy is no source of its own
    select distinct
        stories.story_id,
        figures.kind,
        figures.unit,
        figures.noun,
        figures.value,
        figures.modifier,
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
),
said as (
    select
        story_id,
        kind,
        unit,
        noun,
        article_id,
        list(distinct value) as source_values,
    from stated
    group by all
),
disputed as (  -- two sources without a value in common: "171 drones, 75 drones abattus" and "171 drones" agree
    select distinct
        one.story_id,
        one.kind,
        one.unit,
        one.noun,
    from said as one
    join said as other
        on other.story_id = one.story_id
        and other.kind = one.kind
        and other.unit is not distinct from one.unit
        and other.noun = one.noun
        and other.article_id > one.article_id
    where not list_has_any(one.source_values, other.source_values)
)
select
    stated.story_id,
    stated.kind,
    stated.unit,
    stated.noun,
    count(distinct stated.article_id) as articles,
    list(distinct stated.value order by stated.value) as given_values,
    list(distinct {
        'value': stated.value,
        'modifier': stated.modifier,
        'text': stated.text,
        'title': stated.title
    }) as sources,
from stated
join disputed
    on disputed.story_id = stated.story_id
    and disputed.kind = stated.kind
    and disputed.unit is not distinct from stated.unit
    and disputed.noun = stated.noun
group by all;
