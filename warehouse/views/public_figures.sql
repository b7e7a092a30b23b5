-- One row per person to whom an article gives a role: the roles, when, and in how many independent sources.
create or replace view public_figures as
with roles as (
    select
        person_roles.entity_id,
        person_roles.role,
        count(*) as times,
        min(articles.published_at) as first_published_at,
        max(articles.published_at) as last_published_at,
    from person_roles
    join articles using (article_id)
    group by all
)
select
    sources.entity_id,
    sources.name,
    list(
        {
            'role': roles.role,
            'times': roles.times,
            'first_published_at': roles.first_published_at,
            'last_published_at': roles.last_published_at
        }
        order by roles.times desc, roles.role
    ) as roles,
    sources.articles,
    sources.independent_sources,
    sources.first_published_at,
    sources.last_published_at,
from independent_sources as sources
join roles using (entity_id)
where sources.entity_type = 'PER'
group by all;
