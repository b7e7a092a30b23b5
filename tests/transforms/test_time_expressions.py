"""Times named by their distance from publication, Tuesday 11 February 2025."""

from datetime import datetime

import polars as pl
import pytest

from transforms.time_expressions import EXPRESSIONS, find_time_expressions


def find(text: str, published: datetime | None = datetime(2025, 2, 11, 18, 30)) -> list[tuple[str, str, str]]:
    """Text, first and last day of the expressions of a text."""
    paragraphs = pl.DataFrame({"article_id": ["a"], "start": [0], "text": [text]})
    articles = pl.DataFrame(
        {"article_id": ["a"], "published_at": [published]}, schema_overrides={"published_at": pl.Datetime("us")}
    )
    found = find_time_expressions(paragraphs, articles)
    assert found.schema == pl.Schema(EXPRESSIONS)
    assert all(text[row["start"] : row["end"]] == row["text"] for row in found.to_dicts())
    return [(row["text"], str(row["resolved_start"]), str(row["resolved_end"])) for row in found.to_dicts()]


CASES = {
    "Il est venu hier soir.": ("hier soir", "2025-02-10", "2025-02-10"),
    "Le procès s’est ouvert jeudi.": ("jeudi", "2025-02-06", "2025-02-06"),
    "Le procès s’ouvrira jeudi.": ("jeudi", "2025-02-13", "2025-02-13"),
    "Il a parlé ce mardi matin.": ("ce mardi matin", "2025-02-11", "2025-02-11"),
    "Il a été élu mardi dernier.": ("mardi dernier", "2025-02-04", "2025-02-04"),
    "Le vote est fixé à mardi prochain.": ("mardi prochain", "2025-02-18", "2025-02-18"),
    "Le sommet de ce jeudi 10 avril.": ("ce jeudi 10 avril", "2025-04-10", "2025-04-10"),
    "Vu la semaine dernière.": ("la semaine dernière", "2025-02-03", "2025-02-09"),
    "Vu ce week-end.": ("ce week-end", "2025-02-15", "2025-02-16"),
    "Vu le mois dernier.": ("le mois dernier", "2025-01-01", "2025-01-31"),
    "Prévu l’an prochain.": ("l’an prochain", "2026-01-01", "2026-12-31"),
    "Mort il y a trois jours.": ("il y a trois jours", "2025-02-08", "2025-02-08"),
    "Élu il y a deux ans.": ("il y a deux ans", "2023-01-01", "2023-12-31"),
    "Prêt dans 15 jours.": ("dans 15 jours", "2025-02-26", "2025-02-26"),
    "Prêt dans dix mois.": ("dans dix mois", "2025-12-01", "2025-12-31"),
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_expression_and_the_days_it_means(text: str, expected: tuple[str, str, str]) -> None:
    assert find(text) == [expected]


@pytest.mark.parametrize("text", ["Fermé le lundi.", "Les samedis de fête.", "Le mois d’avril.", "Il y a deux chats."])
def test_habits_and_other_words_are_no_times(text: str) -> None:
    assert find(text) == []


def test_without_publication_nothing_is_guessed() -> None:
    assert find("Vu hier et jeudi.", published=None) == [("hier", "None", "None"), ("jeudi", "None", "None")]
    assert find("Vu jeudi 10 avril 2025.", published=None) == [("jeudi 10 avril 2025", "2025-04-10", "2025-04-10")]
