-- Figures that count a thing, or stand in a sentence with the word. One row per figure.
create or replace macro figures_about(query) as table
    select
        facts.text,
        facts.kind,
        facts.value,
        facts.value_high,
        facts.modifier,
        facts.unit,
        facts.noun,
        facts.sentence,
        facts.title,
        facts.published_at,
        facts.article_id,
        facts.start,
    from figure_facts as facts
    where fold(facts.noun) = fold(query)
        or exists (
            from tokens
            where tokens.article_id = facts.article_id
                and tokens.sentence_index = facts.sentence_index
                and tokens.stem in (select stem from stems where word = fold(query))
        )
    order by fold(facts.noun) = fold(query) desc nulls last, facts.published_at nulls last, facts.article_id, facts.start;
