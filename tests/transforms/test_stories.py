"""Articles on one event share names, words and days; copies and common places make no story."""

from datetime import datetime

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.stories import find_stories, retell_stories

FIRE = "Un incendie ravage l'entrepôt Delvaux à Port-Clair ; les pompiers évacuent les riverains du quartier."
FIRE_TOO = "À Port-Clair, les pompiers luttent contre l'incendie de l'entrepôt Delvaux, riverains évacués."
FIRE_YEARS_LATER = FIRE_TOO.replace("luttent", "avaient lutté")
VOTE = "Le conseil de Port-Clair adopte le budget des écoles présenté par Jeanne Aubin après un long débat."
MATCH = "Belle victoire des handballeuses de Rochebrune contre Vannes, devant deux mille spectateurs ravis."
NAMES = ("Port-Clair", "Delvaux", "Jeanne Aubin", "Rochebrune", "Vannes")


def tell(copies: tuple[tuple[str, str], ...] = (), /, **articles: tuple[int | None, str]) -> list[tuple[str, str]]:
    """Stories of articles given as (day of January 2025, text)."""
    days = [None if day is None else datetime(2025, 1, day) for day, _ in articles.values()]
    texts = [text for _, text in articles.values()]
    frame = pl.DataFrame(
        {"article_id": list(articles), "published_at": days, "text": texts},
        schema_overrides={"published_at": pl.Datetime},
    )
    mentions = pl.DataFrame(
        [(key, name) for key, (_, text) in articles.items() for name in NAMES if name in text],
        schema={"article_id": pl.String, "name": pl.String},
        orient="row",
    )
    schema = {"article_id": pl.String, "duplicate_of": pl.String}
    duplicates = pl.DataFrame(list(copies), schema=schema, orient="row")
    return find_stories(frame, mentions, duplicates).rows()


def test_two_reports_of_one_event_are_a_story() -> None:
    articles = {"a": (3, FIRE), "b": (4, FIRE_TOO), "c": (3, VOTE), "d": (4, MATCH)}
    assert tell(**articles) == [("a", "a"), ("b", "a")]


def test_the_same_words_weeks_later_are_another_event() -> None:
    assert tell(a=(3, FIRE), b=(27, FIRE_YEARS_LATER), c=(3, VOTE), d=(4, MATCH)) == []


def test_the_same_names_in_other_words_are_no_story() -> None:
    articles = {
        "a": (3, FIRE),
        "b": (3, "À Port-Clair, Delvaux recrute des riverains."),
        "c": (3, VOTE),
        "d": (4, MATCH),
    }
    assert tell(**articles) == []


def test_reports_that_name_other_weekdays_are_of_the_next_event() -> None:
    articles = {"a": (3, f"{FIRE} C’était vendredi."), "b": (4, f"{FIRE_TOO} Un vendredi noir."), "c": (3, VOTE)}
    assert tell(**articles) == [("a", "a"), ("b", "a")]
    assert tell(**articles | {"b": (4, f"{FIRE_TOO} C’était samedi.")}) == []


def test_a_shared_figure_counts_as_a_name() -> None:
    texts = {
        "a": "Un incendie détruit 1 450 hectares de garrigue.",
        "b": "Garrigue : l’incendie a brûlé 1.450 hectares.",
    }
    other = {"c": (3, VOTE), "d": (4, MATCH)}
    near = {key: (3, f"{text} À Vannes, les pompiers veillent.") for key, text in texts.items()}
    assert tell(**near, **other) == [("a", "a"), ("b", "a")]
    assert tell(**near | {"b": (3, near["b"][1].replace("1.450", "210"))}, **other) == []


def test_a_missing_date_asks_for_closer_words_and_a_figure() -> None:
    assert tell(a=(3, FIRE), b=(None, FIRE_TOO), c=(3, VOTE), d=(4, MATCH)) == []
    counted = {"a": (3, f"{FIRE} 240 tonnes."), "b": (None, f"{FIRE_TOO} 240 tonnes."), "c": (3, VOTE), "d": (4, MATCH)}
    assert tell(**counted) == [("a", "a"), ("b", "a")]
    longer = f"{counted['b'][1]} {' '.join(f'détail{letter * 4}' for letter in 'abcdefghijklmnopqr')}"
    distinct = " ".join(f"{letter * 5}" for letter in "abcdefghijklmnopqrstuvwxyz")
    assert tell(**counted | {"b": (None, f"{longer} {distinct}")}) == []


def test_copies_alone_are_no_story_and_follow_their_original() -> None:
    assert tell((("b", "a"),), a=(3, FIRE), b=(3, FIRE), c=(3, VOTE), d=(4, MATCH)) == []
    articles = {"a": (3, FIRE), "b": (3, FIRE), "c": (4, FIRE_TOO), "d": (4, MATCH)}
    assert tell((("b", "a"),), **articles) == [("a", "a"), ("b", "a"), ("c", "a")]


@settings(max_examples=25, deadline=None)
@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_the_order_of_the_articles_changes_nothing(order: list[str]) -> None:
    articles = {"a": (3, FIRE), "b": (4, FIRE_TOO), "c": (3, VOTE), "d": (4, MATCH), "e": (5, FIRE + " " + VOTE)}
    assert tell(**{key: articles[key] for key in order}) == tell(**articles)


SUBJECTS = (
    ("Rochebrune", "Vannes", "la digue du canal a cédé sous la crue et le quartier des tanneurs est évacué"),
    ("Port-Clair", "Delvaux", "un incendie ravage l'entrepôt et les pompiers évacuent les riverains du quartier"),
    ("Jeanne Aubin", "Vannes", "le conseil adopte le budget des écoles après un long débat sur les cantines"),
)
DRAWN = st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(1, 9))
"""Which subject, which aside, which day."""
ASIDES = ("Les volets restent fermés.", "La préfecture promet un rapport.", "Le marché rouvrira samedi.", "")


@settings(max_examples=40, deadline=None)
@given(st.lists(DRAWN, min_size=4, max_size=14), st.data())
def test_stories_told_again_around_new_articles_are_those_told_of_all(drawn, data) -> None:
    """Old stories are those told before the new articles came; each article looked at ends where a full look puts it."""
    rows = []
    for number, (subject, aside, day) in enumerate(drawn):
        first, second, event = SUBJECTS[subject]
        text = f"À {first}, {event}. {ASIDES[aside]} {second} attend, {['calme', 'inquiet', 'patient'][number % 3]}."
        rows.append((f"a{number:02}", datetime(2025, 1, day), text))
    articles = pl.DataFrame(rows, schema=["article_id", "published_at", "text"], orient="row")
    named = [(key, name) for key, _, text in rows for name in NAMES if name in text]
    mentions = pl.DataFrame(named, schema=["article_id", "name"], orient="row")
    copies = pl.DataFrame(schema={"article_id": pl.String, "duplicate_of": pl.String})
    new = data.draw(st.sets(st.sampled_from(articles["article_id"].to_list()), min_size=1))
    asking = pl.DataFrame({"article_id": sorted(new)})
    former = find_stories(articles.join(asking, on="article_id", how="anti"), mentions, copies)
    told = retell_stories(articles, mentions, copies, asking, former)
    everything = find_stories(articles, mentions, copies)
    assert new <= set(told["article_id"])
    assert told.drop_nulls().rows() == everything.join(told, on="article_id", how="semi").rows()
