"""The newspaper of an article, and what names it."""

import polars as pl
import pytest

from transforms.articles import lay_out
from transforms.documents import Decoded, make_record
from transforms.records import RECORDS

BODY = (
    "Le bac de Hautecombe a repris ses traversées samedi, devant trois cents personnes venues des deux rives.\n\n"
    "Il est gratuit pour les riverains, a indiqué la mairie, qui a payé la moitié des travaux du quai."
)


def publication(text: str, **given: str) -> tuple[str | None, str | None]:
    record = make_record("a.txt", None, text.encode(), Decoded(text, "utf-8"), given)
    layout = lay_out(pl.DataFrame([record], schema=RECORDS), lambda texts: ["fr"] * len(texts))
    return layout.articles.select("publication", "publication_evidence").row(0)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"publication": "L’Écho de Brévigny"}, ("L’Écho de Brévigny", "given")),
        ({"publication": "L’Écho de Brévigny", "declared_by": "header"}, ("L’Écho de Brévigny", "header")),
        ({"publication": "L’Écho de Brévigny", "declared_by": "head"}, ("L’Écho de Brévigny", "head")),
        ({"publication": "www.echo-brevigny.example"}, (None, None)),
        ({"url": "https://www.letelegramme.fr/a/b"}, ("Le Télégramme", "site")),
        ({"url": "https://www.echo-brevigny.example/a/b"}, (None, None)),
    ],
)
def test_who_names_the_newspaper(given, found):
    assert publication(f"Le bac rouvre à Hautecombe\n\n{BODY}", **given) == found


def test_a_masthead_names_it_and_a_host_does_not():
    text = f"L’Écho de Brévigny\n\nLe bac rouvre à Hautecombe\n\n14 mars 2024\n\n{BODY}"
    assert publication(text) == ("L’Écho de Brévigny", "masthead")
    assert publication(text.replace("L’Écho de Brévigny", "echo-brevigny.fr")) == (None, None)


def test_words_are_counted_with_their_apostrophes_and_hyphens():
    text = f"Le bac rouvre à Hautecombe\n\n{BODY}"
    record = make_record("a.txt", None, text.encode(), Decoded(text, "utf-8"), {"page": "4", "section": "Transports"})
    (article,) = lay_out(pl.DataFrame([record], schema=RECORDS), lambda t: ["fr"] * len(t)).articles.to_dicts()
    assert (article["words"], article["page"], article["section"]) == (len(text.split()), "4", "Transports")
