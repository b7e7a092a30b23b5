"""Furniture by repetition: what a line must say, how often it must recur, and what is never taken."""

import polars as pl
import pytest

from transforms.articles import lay_out
from transforms.layout.repetition import choose_furniture

STORY = "La digue de Hautecombe a cédé dans la nuit de mardi à mercredi, et douze maisons ont été évacuées."
OFFER = "La météo du jour est offerte par les glaces Tavernier."
NEXT = "Les écoles du bas quartier resteront fermées jusqu’à lundi, a annoncé la préfecture dans un communiqué."


@pytest.mark.parametrize(
    ("line", "witnesses", "documents", "is_furniture"),
    [
        ("Une remarque ? Écrivez à la rédaction.", 3, 60, True),
        ("Une remarque ? Écrivez à la rédaction.", 2, 60, False),
        ("Une remarque ? Écrivez à la rédaction.", 19, 10_000, False),
        ("Recevez chaque soir les titres du lendemain.", 3, 60, True),
        ("« Vous verrez bien », a répondu la maire de Brissac.", 3, 60, False),
        ("L’île est disputée par les deux pays depuis 1962.", 3, 10, False),
        ("L’île est disputée par les deux pays depuis 1962.", 11, 60, False),
        ("La météo du jour est offerte par les glaces Tavernier.", 12, 60, True),
    ],
)
def test_a_line_speaks_of_its_site_or_stands_nearly_everywhere(line, witnesses, documents, is_furniture):
    lines = pl.DataFrame(
        {"source": [""], "key": [7], "line": [line], "witnesses": [witnesses], "documents": [documents]}
    ).cast({"key": pl.UInt64})
    assert (choose_furniture(lines).height == 1) is is_furniture


def roles_of(text: str, repeated: list[int]) -> list[tuple[str, str]]:
    documents = pl.DataFrame(
        {"document_id": ["a"], "source_path": ["a.txt"], "text": [text], "given": [None], "repeated_lines": [repeated]},
        schema_overrides={"given": pl.String, "repeated_lines": pl.List(pl.Int64)},
    )
    return lay_out(documents, lambda texts: ["fr"] * len(texts)).blocks.select("text", "role").rows()


def test_a_repeated_line_below_the_text_is_furniture():
    text = "\n".join(["La digue a cédé", "Publié le 4 mai 2025", STORY, OFFER, NEXT, OFFER])
    assert dict(roles_of(text, [3, 5]))[OFFER] == "promo"
    assert dict(roles_of(text, []))[OFFER] == "body"


def test_title_and_deck_are_never_taken_for_repetition():
    text = "\n".join(["Les rendez-vous de la semaine", "Publié le 4 mai 2025", STORY, NEXT])
    assert roles_of(text, [0, 2]) == roles_of(text, [])


def test_a_wrapped_paragraph_is_furniture_only_as_a_whole():
    first, second = STORY[: STORY.index("mardi")].strip(), STORY[STORY.index("mardi") :]
    text = "\n".join(["La digue a cédé", "Publié le 4 mai 2025", "", NEXT, "", first, second])
    assert roles_of(text, [5])[-1] == (STORY, "body")
    assert roles_of(text, [5, 6])[-1] == (STORY, "promo")
