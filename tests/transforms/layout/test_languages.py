"""The language of a block: two witnesses for a foreign one, none needed where nothing can be told."""

import polars as pl
import pytest

from schemas import lexicon
from transforms.articles import lay_out
from transforms.layout.languages import add_languages


def detect_as(language: str | None):
    return lambda texts: [language] * len(texts)


def language_of(text: str, found: str | None, article: str | None = "fr") -> str | None:
    blocks = pl.DataFrame(
        {"clean": [text], "article_language": [article]}, schema_overrides={"article_language": pl.String}
    )
    return add_languages(blocks, detect_as(found))["language"][0]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("The ferry to the island was stopped by the harbour master on Monday.", "en", "en"),
        ("Die Fähre zur Insel fährt nicht, und der Hafen ist bis Montag gesperrt.", "de", "de"),
        ("Паром на остров не ходит, и порт закрыт до понедельника.", "ru", "ru"),
        ("The ferry was stopped.", "en", None),
        ("Le bac ne passe plus, et les riverains attendent depuis lundi.", "en", "fr"),
        ("Bac arrêté lundi, mardi, mercredi ; reprise jeudi, horaires habituels.", "en", None),
        ("Anna Holm, Peter of Lund, Karl the Younger, Eva Berg, Olof Ek, Nils Dahl.", "en", None),
        ("« We have waited for the ferry since the storm and we are cold », a dit Holm.", "en", None),
        ("« We have waited for the ferry since the storm and we are cold. »", "en", "en"),
        ("« We are cold », ont répété les passagers qui attendaient depuis lundi dans le froid.", "en", "fr"),
    ],
)
def test_a_block_is_foreign_only_if_something_agrees_with_the_detector(text, found, expected):
    assert language_of(text, found) == expected


def test_the_language_of_the_article_agrees_with_the_detector():
    text = "Promen na otok ne vozi, pristanišče pa je zaprto do ponedeljka."
    assert language_of(text, "sl", "sl") == "sl"
    assert language_of(text, "sl", "fr") is None
    assert language_of(text, "sl", None) is None


def test_what_is_french_is_not_shown_to_the_detector():
    shown = []

    def watch(texts: list[str]) -> list[str | None]:
        shown.extend(texts)
        return ["fr"] * len(texts)

    texts = ["Le bac ne passe plus, et les riverains attendent depuis lundi.", "Bac arrêté."]
    add_languages(pl.DataFrame({"clean": texts, "article_language": ["fr", "fr"]}), watch)
    assert shown == []


def test_no_small_word_of_another_language_is_french():
    words = lexicon.read("language_words")
    french = set(words.filter(pl.col("language") == "fr")["form"]) | {
        "de",
        "la",
        "que",
        "en",
        "un",
        "a",
        "et",
        "il",
        "on",
    }
    assert french.isdisjoint(words.filter(pl.col("language") != "fr")["form"])


def test_an_article_that_opens_with_a_foreign_quotation_is_in_the_language_of_its_text():
    quotation = "“The ferry was stopped by the harbour master, and we have been waiting for it since Monday.”"
    french = (
        "Le bac ne passe plus, et les riverains attendent depuis lundi que le vent tombe sur la rade et dans les îles. "
    )
    text = f"Le bac à quai\n\nPublié le 4 mai 2025\n\n{quotation}\n\n{french * 2}\n\n{french}"
    documents = pl.DataFrame(
        {"document_id": ["a"], "source_path": ["a.txt"], "text": [text], "given": [None]},
        schema_overrides={"given": pl.String},
    )
    layout = lay_out(documents, detect_as("en"))
    assert layout.articles["language"].to_list() == ["fr"]
    assert layout.paragraphs["language"].to_list() == [None, "en", "fr", "fr"]
    assert quotation[1:-1] in layout.articles["text"][0]
