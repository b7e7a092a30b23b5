"""Copies are found whatever they were dressed in; texts that only cite each other are not."""

import polars as pl
import pytest

from transforms.duplicates import choose_representatives, find_candidates, measure_pairs, orient_pairs, shingle_articles

PORT = (
    "Le port de Saint-Aubin rouvrira mardi après trois semaines de travaux sur la jetée nord. Les pêcheurs, qui "
    "avaient déplacé leurs bateaux vers l'anse voisine, pourront reprendre leurs places dès l'aube. La mairie a "
    "financé la moitié du chantier, le département a versé le reste, soit 340 000 euros. Deux bouées lumineuses "
    "seront posées à l'entrée du chenal avant la fin du mois. "
    "La capitainerie demande aux plaisanciers de ralentir dès la pointe des Corbeaux."
)
SCHOOL = (
    "Une classe de neige partira en janvier depuis le collège de Montreuil-les-Bois. Les élèves de cinquième dormiront "
    "dans un ancien séminaire transformé en gîte. Le conseil des parents a vendu des gâteaux pendant tout l'automne "
    "pour réduire le prix du séjour. "
    "Quatre professeurs accompagneront le groupe et donneront cours le matin. Les familles "
    "recevront une lettre chaque soir par le site de l'établissement."
)


def find(**texts: str) -> dict[tuple[str, str], str]:
    articles = pl.DataFrame({"article_id": list(texts), "text": list(texts.values())})
    shingles = shingle_articles(articles)
    pairs = measure_pairs(find_candidates(shingles, shingles.clear()), articles)
    return {(left, right): kind for left, right, kind in pairs.select("article_id", "duplicate_of", "kind").iter_rows()}


@pytest.mark.parametrize(
    ("copy", "kind"),
    [
        (PORT.replace("'", "’"), "exact"),
        (PORT.upper(), "exact"),
        (PORT.replace("340 000", "340.000"), "exact"),
        (PORT.replace("mardi", "mercredi"), "near"),
        (PORT.replace("340 000", "410 000").replace("Deux", "Trois"), "update"),
        (PORT.split(" La mairie", maxsplit=1)[0], "contained"),
        (PORT + " " + SCHOOL, "contained"),
    ],
)
def test_a_copy_is_found_with_its_kind(copy: str, kind: str) -> None:
    assert find(a=PORT, b=copy) == {("a", "b"): kind}


def test_a_text_that_cites_another_is_no_copy() -> None:
    cited = PORT.split(". ")
    citing = SCHOOL.replace(". ", f". « {cited[0]}. {cited[2]}. », a dit le maire. ", 1)
    assert find(a=PORT, b=SCHOOL, c=citing) == {("b", "c"): "near"}


def test_very_short_texts_are_copies_only_when_equal() -> None:
    texts = {
        "a": "Le préfet a été nommé.",
        "b": "le préfet a été nommé",
        "c": "Le préfet a été élu.",
        "d": "Non",
        "e": "non !",
    }
    assert find(**texts) == {("a", "b"): "exact", ("d", "e"): "exact"}


def test_a_new_article_is_compared_with_the_known_ones() -> None:
    articles = pl.DataFrame({"article_id": ["a", "b", "c"], "text": [PORT, SCHOOL, PORT]})
    shingles = shingle_articles(articles)
    known, new = shingles.filter(pl.col("article_id") != "c"), shingles.filter(pl.col("article_id") == "c")
    assert find_candidates(new, known).rows() == [("a", "c")]


def test_the_earliest_stands_for_its_copies_then_the_longest_then_the_smallest_name() -> None:
    pairs = pl.DataFrame(
        {
            "article_id": ["a", "b", "c"],
            "duplicate_of": ["b", "c", "d"],
            "kind": "near",
            "jaccard": 0.8,
            "containment": 0.9,
        }
    )
    articles = pl.DataFrame(
        {"article_id": ["a", "b", "c", "d"], "day": [None, 2, 1, 1], "length": [900, 800, 500, 500]}
    ).select("article_id", pl.datetime(2025, 1, pl.col("day")).alias("published_at"), "length")
    assert choose_representatives(pairs, articles).rows() == [("a", "c"), ("b", "c"), ("c", None), ("d", "c")]
    assert orient_pairs(pairs, articles).select("article_id", "duplicate_of").rows() == [
        ("a", "b"),
        ("b", "c"),
        ("d", "c"),
    ]
