-- What was kept out of articles.text and why, with the text met most often. One row per role and rule.
with texts as (
    select role, role_rule, text, count(*) as blocks
    from blocks
    where role not in ('title', 'lead', 'body', 'heading')
        and document_id in (select document_id from documents where is_current)
    group by role, role_rule, text
)
select
    role,
    role_rule,
    sum(blocks)::bigint as blocks,
    count(*) as distinct_texts,
    sum(blocks * length(text))::bigint as characters,
    left(arg_max(text, (blocks, text)), 80) as sample,
from texts
group by role, role_rule
order by role, blocks desc, role_rule;
