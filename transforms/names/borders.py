"""Where one name ends and another begins: a feature and a person, a body and its opponent, a cape and its country."""

import polars as pl

from transforms.names.gazetteer import findable_forms, listed_names
from transforms.names.personal import given_names

PLACE = ["article_id", "paragraph_index"]
OPPONENT = r"^(.*?\p{L}) contre (?:(?:la |le |les |l’)?\p{Lu}.*|la|le|les)$"
"""A name and its opponent; Ligue contre le cancer has a common noun there."""

IN_COUNTRY = r"^(.*?\p{L}) en (\p{Lu}.*)$"
OF_PERSON = r"^(\p{Ll}[\p{L} ’-]*? (?:de |d’))((\p{Lu}[\p{L}-]+) \p{Lu}.*)$"
ROLE_OF = r"^place (?:de la |de l’|du |des |de |d’)(\p{Lu}.*)$"
AMONG = r"^,? (?:dans|au sein|parmi|au classement|au championnat|en finale|en Europe|sur (?:le podium|la scène))"
HOSTED = (
    r"^([Cc]hampionnats? (?:du monde|d’Europe|de France|d’Afrique|de Belgique|de Suisse|d’Asie)) (?:de |d’|à )\p{Lu}"
)
WIDTH = 16


def cut_opponents(finds: pl.DataFrame) -> pl.DataFrame:
    """Cut the opponent behind « contre » off a name, the country behind « en », the host off a championship."""
    against = pl.col("text").str.extract(OPPONENT)
    country = pl.col("text").str.extract(IN_COUNTRY, 2)
    lands = listed_names().filter(pl.col("kind").is_in(["country", "continent"]))["form"]
    inside = pl.when(country.is_in(lands.implode())).then(pl.col("text").str.extract(IN_COUNTRY, 1))
    hosted = pl.when(pl.col("entity_type") == "MISC").then(pl.col("text").str.extract(HOSTED))
    listed = pl.col("text").is_in(findable_forms()["form"].implode())
    shorter = pl.when(~listed).then(pl.coalesce(against, inside, hosted))
    text = pl.coalesce(shorter, "text")
    return finds.with_columns(text=text, end=pl.col("start") + text.str.len_chars().cast(pl.Int64))


def free_owners(finds: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Free the person, or the country, of a common noun that a feature’s name seemed to open.

    la carrière de Luc Ferrand, la porte de Simone R., la place de la Grèce dans l’Union; not place de la Grèce.
    """
    places = paragraphs.select(*PLACE, offset="start", paragraph="text")
    after = pl.col("paragraph").str.slice(pl.col("end") - pl.col("offset"), WIDTH)
    person = pl.col("text").str.extract(OF_PERSON, 2)
    owned = pl.col("text").str.extract(OF_PERSON, 3).is_in(given_names().implode())
    land = pl.col("text").str.extract(ROLE_OF)
    ranked = land.is_in(findable_forms()["form"].implode()) & after.str.contains(AMONG)
    owner = pl.when(owned).then(person).when(ranked).then(land)
    kind = pl.when(owned).then(pl.lit("PER")).otherwise("entity_type")
    feature = pl.col("type_rule") == "feature"
    seen = finds.join(places, on=PLACE, how="left", maintain_order="left").with_columns(
        owner=pl.when(feature).then(owner), kind=kind
    )
    freed = pl.col("owner").is_not_null()
    return seen.with_columns(
        text=pl.coalesce("owner", "text"),
        start=pl.when(freed).then(pl.col("end") - pl.col("owner").str.len_chars().cast(pl.Int64)).otherwise("start"),
        entity_type=pl.when(freed).then("kind").otherwise("entity_type"),
        type_rule=pl.when(freed & (pl.col("kind") == "PER")).then(pl.lit("first name")).otherwise("type_rule"),
    ).select(finds.columns)


ENGLISH_HEAD = r"^(?:Square|Park|Garden|Hall|Center|Centre|Bridge|Plaza|Palace|Station|Tower|Street) "
GREAT = r"(?:^|[^\p{L}])((?:Grande?|Petite?|Vieille|Vieux|Nouvelle|Nouveau|Haute?|Basse?) )$"


def widen_features(finds: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Give a feature with a capital the adjective before it: Grande Mosquée; drop what ends an English name.

    Madison Square Garden begins before Square: the engine’s span has it whole.
    """
    places = paragraphs.select(*PLACE, offset="start", paragraph="text")
    relative = pl.col("start") - pl.col("offset")
    width = pl.min_horizontal(relative, WIDTH)
    before = pl.col("paragraph").str.slice(relative - width, width)
    feature = (pl.col("type_rule") == "feature") & pl.col("text").str.contains(r"^\p{Lu}")
    seen = finds.join(places, on=PLACE, how="left", maintain_order="left").with_columns(
        is_end=feature & pl.col("text").str.contains(ENGLISH_HEAD) & before.str.contains(r"\p{Lu}\p{Ll}+ $"),
        great=pl.when(feature).then(before.str.extract(GREAT)).fill_null(""),
    )
    return (
        seen.filter(~pl.col("is_end").fill_null(False))
        .with_columns(
            text=pl.concat_str("great", "text"), start=pl.col("start") - pl.col("great").str.len_chars().cast(pl.Int64)
        )
        .select(finds.columns)
    )
