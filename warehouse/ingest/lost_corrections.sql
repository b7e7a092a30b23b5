-- Corrections that concern no row, or name no entity. One row per correction.
select corrections.corrected, corrections.article_id, corrections.start, corrections.value
from corrections
where case corrections.corrected
    when 'published_at' then corrections.article_id not in (select article_id from articles)
    when 'speaker' then (corrections.article_id, corrections.start) not in (select (article_id, start) from quotations)
    else (corrections.article_id, corrections.start) not in (select (article_id, start) from person_roles)
end
or (
    corrections.corrected in ('speaker', 'role', 'organisation')
    and (corrections.corrected, corrections.article_id, corrections.start)
        not in (select (corrected, article_id, start) from corrected_entities)
);
