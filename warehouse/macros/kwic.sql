-- Key word in context: the word or phrase, in any inflection of its first word, with `width` characters on each side. One row per place.
create or replace macro kwic(query, width) as table
    with hits as (
        select tokens.article_id, tokens.start,
            case
                when regexp_matches(trim(query), '\s') then tokens.start + length(trim(query))
                else tokens."end"
            end as "end",
        from tokens
        where tokens.stem in (
            select stems.stem
            from stems
            where stems.word = regexp_extract(fold(query), '[\pL\pN][\pL\pN.,-]*')
        )
    )
    select
        articles.title,
        substring(articles.text, greatest(hits.start - width, 0) + 1, least(width, hits.start)) as before,
        substring(articles.text, hits.start + 1, hits."end" - hits.start) as hit,
        substring(articles.text, hits."end" + 1, width) as after,
        articles.published_at,
        hits.article_id,
        hits.start,
    from hits
    join articles using (article_id)
    where articles.is_current
        and (
            not regexp_matches(trim(query), '\s')
            or fold(substring(articles.text, hits.start + 1, hits."end" - hits.start)) = fold(trim(query))
        )
    order by articles.published_at nulls last, hits.article_id, hits.start;
