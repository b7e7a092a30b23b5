-- Mentions of the things with that word in a name, however they are called there. One row per mention.
create or replace macro mentions_of(query) as table
    with wanted as (
        select distinct entity_id
        from entity_names
        where list_contains(regexp_split_to_array(fold(name), '[^\pL\pN]+'), fold(query)) or fold(name) = fold(query)
    )
    select
        entities.name,
        mentions.text,
        sentences.text as sentence,
        articles.title,
        articles.published_at,
        mentions.article_id,
        mentions.start,
        mentions.link_rule,
    from mentions
    join wanted using (entity_id)
    join entities using (entity_id)
    join articles using (article_id)
    left join sentences
        on sentences.article_id = mentions.article_id
        and mentions.start between sentences.start and sentences."end" - 1
    where articles.is_current
    order by articles.published_at nulls last, mentions.article_id, mentions.start;
