-- What the rows say that are corrected now. One row per row corrected.
delete from overruled;
insert into overruled by name
select
    'published_at' as corrected,
    article_id,
    null as start,
    to_json({
        published_at: published_at::varchar,
        published_precision: published_precision,
        published_evidence: published_evidence
    }) as former,
from articles
where article_id in (select article_id from corrections where corrected = 'published_at')
union all
select 'speaker', article_id, start, to_json({speaker_rule: speaker_rule})
from quotations
where (article_id, start) in (select (article_id, start) from corrections where corrected = 'speaker')
union all
select distinct corrections.corrected, article_id, start, to_json({country_code: person_roles.country_code})
from person_roles
join corrections using (article_id, start)
where corrections.corrected in ('role', 'organisation', 'country');
