"""Copies are found whatever they were dressed in; texts that only cite each other are not."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.duplicates import (
    FREQUENT,
    choose_representatives,
    count_holders,
    find_candidates,
    measure_pairs,
    orient_pairs,
    shingle_articles,
)

COLUMNS = {"article_id": pl.String, "text": pl.String}
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
    pairs = measure_pairs(find_candidates(articles.select("article_id"), count_holders(shingles)), articles)
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


def test_a_new_article_is_compared_with_the_known_ones_and_these_not_with_each_other() -> None:
    articles = pl.DataFrame({"article_id": ["a", "b", "c", "d"], "text": [PORT, SCHOOL, PORT, PORT]})
    asking = pl.DataFrame({"article_id": ["c"]})
    assert find_candidates(asking, count_holders(shingle_articles(articles))).rows() == [("a", "c"), ("c", "d")]


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


def sentence(seed: int) -> str:
    """Twelve invented words that no other seed gives."""
    return " ".join(f"mot{seed}{chr(97 + place)}" for place in range(12)) + "."


@st.composite
def corpora(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Articles made of a few sentences, so that copies, excerpts and chance meetings abound; with ids in any order."""
    lengths = st.lists(st.integers(0, 15), min_size=1, max_size=8)
    bodies = draw(st.lists(lengths, min_size=2, max_size=8))
    names = draw(st.permutations(range(len(bodies))))
    return [(f"a{name}", " ".join(map(sentence, body))) for name, body in zip(names, bodies, strict=True)]


def group_all(corpus: list[tuple[str, str]]) -> list[tuple[str, str | None]]:
    """Find the copies in a corpus and choose who stands for each group."""
    everything = pl.DataFrame(corpus, schema=COLUMNS, orient="row")
    candidates = find_candidates(everything.select("article_id"), count_holders(shingle_articles(everything)))
    articles = everything.select(
        "article_id", length=pl.col("text").str.len_chars(), published_at=pl.lit(None, pl.Datetime("us"))
    )
    return choose_representatives(measure_pairs(candidates, everything), articles).rows()


@settings(max_examples=40, deadline=None)
@given(corpora(), st.data())
def test_groups_do_not_depend_on_the_order(corpus: list[tuple[str, str]], data: st.DataObject) -> None:
    assert group_all(data.draw(st.permutations(corpus))) == group_all(corpus)


def test_a_text_printed_everywhere_is_still_one_group() -> None:
    texts = {f"a{number:03}": f"{PORT} {sentence(100 + number)}" for number in range(FREQUENT + 20)}
    assert {copy for _, copy in group_all(list(texts.items()))} == {None, "a000"}


def test_furniture_that_a_whole_site_carries_makes_no_copies() -> None:
    texts = {
        f"a{n:03}": " ".join(map(sentence, range(1000 + 8 * n, 1008 + 8 * n))) + SCHOOL for n in range(FREQUENT + 20)
    }
    assert group_all(list(texts.items())) == []


def test_an_excerpt_joins_one_group_and_does_not_join_those_that_print_it() -> None:
    excerpt = " ".join(map(sentence, range(4)))
    texts = {
        "excerpt": excerpt,
        "first": f"{excerpt} {' '.join(map(sentence, range(100, 130)))}",
        "second": f"{excerpt} {' '.join(map(sentence, range(200, 240)))}",
    }
    assert group_all(list(texts.items())) == [
        ("excerpt", "second"),
        ("first", None),
        ("second", None),
    ]


def test_shingles_stay_the_same_with_every_version() -> None:
    """They are kept in the warehouse: other numbers would meet none of the earlier ones, and no copy would be found."""
    article = pl.DataFrame({"article_id": ["a"], "text": ["La jetée de l’anse rouvrira : 340 000 euros !"]})
    assert shingle_articles(article)["shingle"].to_list() == [
        1367444190060950385,
        3909695475095819943,
        9899031469177853970,
        10485076152292281069,
        18408197457922080286,
    ]
