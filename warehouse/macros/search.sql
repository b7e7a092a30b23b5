-- Articles that hold a word of the query, in any inflection that some article has, the n best by BM25. One row per article.
create or replace macro search(query, n) as table
    with terms as (
        -- The table stems also folds two letters that have no accent to take off.
        select unnest(regexp_split_to_array(trim(translate(fold(query), 'øł', 'ol')), '\s+')) as term
    ),
    unseen as (
        select term from terms anti join stems on stems.word = terms.term
    ),
    words as (
        select term as word from terms
        union
        -- What no article has as it stands gives its parts ("l'eau", "lac,") ...
        select unnest(regexp_split_to_array(term, '[^\pL\pN]+')) from unseen
        union
        -- ... and its singular.
        select regexp_extract(term, '^[^\pL\pN]*(.*)[sx][^\pL\pN]*$', 1) from unseen
    ),
    wanted as (
        select distinct stems.stem from words join stems using (word)
    ),
    hits as (
        select tokens.article_id, tokens.stem, count(*) as times
        from tokens
        semi join wanted using (stem)
        where tokens.article_id in (select article_id from articles where is_current)
        group by all
    ),
    corpus as (
        select count(*) as size, avg(length(text)) as mean_length from articles where is_current
    ),
    rarities as (
        select hits.stem, ln(1 + (any_value(corpus.size) - count(*) + 0.5) / (count(*) + 0.5)) as rarity
        from hits cross join corpus
        group by hits.stem
    ),
    scored as (
        -- k1 = 1.2 and b = 0.75, the usual values; the length is in characters, which spares a count of all tokens.
        select
            hits.article_id,
            articles.title,
            rarities.rarity * hits.times * 2.2
                / (hits.times + 1.2 * (0.25 + 0.75 * length(articles.text) / corpus.mean_length)) as part,
        from hits
        join rarities using (stem)
        join articles using (article_id)
        cross join corpus
    )
    select article_id, any_value(title) as title, sum(part) as score
    from scored
    group by article_id
    order by score desc, article_id
    limit n;
