-- One row per person to whom a current article gives a role: the roles, of what, when, and in how many independent sources.
create or replace view public_figures as
with roles as (
    select
        person_roles.entity_id,
        mode(person_roles.role order by person_roles.role) as role,
        mode(organisations.name order by organisations.name) as organisation,
        mode(person_roles.country_code order by person_roles.country_code) as country_code,
        count(*) as times,
        count(distinct coalesce(articles.duplicate_of, articles.article_id)) as independent_sources,
        min(articles.published_at) as first_published_at,
        max(articles.published_at) as last_published_at,
    from person_roles
    join articles using (article_id)
    left join entities as organisations on organisations.entity_id = person_roles.organisation_id
    where articles.is_current
    group by person_roles.entity_id, fold(person_roles.role)
)
select
    sources.entity_id,
    sources.name,
    list(
        {
            'role': roles.role,
            'organisation': roles.organisation,
            'country_code': roles.country_code,
            'times': roles.times,
            'independent_sources': roles.independent_sources,
            'first_published_at': roles.first_published_at,
            'last_published_at': roles.last_published_at
        }
        order by roles.independent_sources desc, roles.times desc, roles.role
    ) as roles,
    list_distinct(list(roles.organisation order by roles.organisation)) as organisations,
    list_distinct(list(roles.country_code order by roles.country_code)) as countries,
    sources.articles,
    sources.independent_sources,
    sources.first_published_at,
    sources.last_published_at,
from independent_sources as sources
join roles using (entity_id)
where sources.entity_type = 'PER'
group by all;
