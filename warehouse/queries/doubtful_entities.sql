-- Entities that may be the same thing, the most read first: what of, which, why. One row per entity and its rival.
with named as (
    select
        entities.entity_id,
        entities.entity_type,
        entities.name,
        fold(entities.name) as key,
        regexp_extract(fold(entities.name), '(\S+)$', 1) as last_word,
        sum(entity_names.article_count)::bigint as articles,
    from entities
    join entity_names using (entity_id)
    where entities.country_code is null
    group by all
),
surnames as (
    select
        lone.entity_type, lone.name, lone.articles, list(full_names.name order by full_names.articles desc) as rivals,
        sum(full_names.articles)::bigint as rival_articles, 'surname alone' as doubt,
    from named as lone
    join named as full_names
        on full_names.entity_type = 'PER' and full_names.last_word = lone.key and full_names.key <> lone.key
    where lone.entity_type = 'PER'
    group by all
    having count(*) <= 8
),
slips as (
    select
        rare.entity_type, rare.name, rare.articles, list(often.name order by often.articles desc) as rivals,
        sum(often.articles)::bigint as rival_articles, 'one letter apart' as doubt,
    from named as rare
    join named as often
        on often.entity_type = rare.entity_type
        and left(often.key, 2) = left(rare.key, 2)
        and abs(length(often.key) - length(rare.key)) <= 1
        and (often.articles, often.name) > (rare.articles, rare.name)
    where length(rare.key) >= 8
        and regexp_replace(often.key, '[^0-9]', '', 'g') = regexp_replace(rare.key, '[^0-9]', '', 'g')
        and not regexp_matches(rare.key, '\b[ivx]+e?\b') -- XVe and XVIe are two
        and damerau_levenshtein(often.key, rare.key) <= 1
    group by all
),
types as (
    select
        string_agg(entity_type, ', ' order by articles desc) as entity_type,
        arg_max(name, articles) as name,
        max(articles) as articles,
        [] as rivals,
        sum(articles)::bigint - max(articles) as rival_articles,
        'several types' as doubt,
    from named
    group by key
    having count(*) > 1 and sum(articles) - max(articles) > 1
)
select doubt, entity_type, name, articles, rivals, rival_articles
from (from surnames union all from slips union all from types)
order by least(articles, rival_articles) desc, articles + rival_articles desc, name
limit 50;
