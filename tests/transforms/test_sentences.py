"""Sentences: cuts of a careful reader, and slices that hold on any text."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.sentences import split_sentences

SCHEMA = {"article_id": pl.String, "start": pl.Int64, "text": pl.String}


def cut(*paragraphs: str) -> list[str]:
    return split_sentences(lay(*paragraphs))["text"].to_list()


def lay(*paragraphs: str) -> pl.DataFrame:
    """Paragraphs of one article, a blank line between, as in articles.text."""
    starts = [sum(len(p) + 2 for p in paragraphs[:i]) for i in range(len(paragraphs))]
    return pl.DataFrame({"article_id": "a", "start": starts, "text": paragraphs}, schema=SCHEMA)


@pytest.mark.parametrize(
    "sentences",
    [
        ["Le lac a gelé.", "Les oies sont parties."],
        ["M. Le Goff a vu Mme Blin.", "Elle dormait."],
        ["Le docteur J. Le Goff est venu.", "Il est reparti."],
        ["Il a choisi le plan B.", "Nous avons ri."],
        ["Le temple date de 300 av. J.-C. environ.", "On l’a fouillé."],
        ["On a entendu Anna B.", "Le parquet se tait."],
        ["Elle vit à Washington D.C.", "Elle y peint."],
        ["Il y avait des poires, des noix, etc.", "Tout fut mangé."],
        ["Voir p. 12 et art. 4 du texte.", "Rien n’y est dit."],
        ["« Où vas-tu ? » demanda-t-elle.", "Nulle part."],
        ["« Je pars. »", "Elle sourit."],
        ["Il a crié : « Non ! ».", "Puis rien."],
        ['Il a crié : " Non ! "', "Puis rien."],
        ["Il se tait.", '" Non ! "', "Puis rien."],
        ["Il vit ici.", "elle vit ailleurs."],
        ["Trois… deux… un…", "Partez !", "Enfin !"],
        ["Il part à 5 h.", "12 personnes suivent."],
        ["Le lac a gelé.", "(...) Les oies sont parties."],
        ["Le pont est fermé.", "le bac aussi."],
        ["1. Battre les œufs.", "2. Ajouter le sel."],
    ],
)
def test_cuts_where_a_reader_stops(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


def test_sentences_never_cross_paragraphs_and_keep_one_running_number() -> None:
    out = split_sentences(lay("Un titre sans point", "Il neige. Il gèle.", "   ", "Fin."))
    assert out.rows() == [
        ("a", 0, 0, 19, "Un titre sans point"),
        ("a", 1, 21, 30, "Il neige."),
        ("a", 2, 31, 39, "Il gèle."),
        ("a", 3, 46, 50, "Fin."),
    ]


def test_cuts_where_the_space_was_lost() -> None:
    assert cut('Le lac a gelé.Les oies "sont parties"."On rit", dit-il.') == [
        "Le lac a gelé.",
        'Les oies "sont parties".',
        '"On rit", dit-il.',
    ]
    assert cut("Voir Exemple.fr et U.S.A de St.Malo") == ["Voir Exemple.fr et U.S.A de St.Malo"]


def test_numbering_restarts_with_each_article() -> None:
    paragraphs = pl.DataFrame(
        {"article_id": ["a", "b", "b"], "start": [0, 0, 12], "text": ["Oui. Non.", "Il pleut.", "Il vente."]},
        schema=SCHEMA,
    )
    assert split_sentences(paragraphs)["sentence_index"].to_list() == [0, 1, 0, 1]


def test_no_paragraph_gives_no_sentence_and_the_same_columns() -> None:
    out = split_sentences(pl.DataFrame(schema=SCHEMA))
    assert out.schema == split_sentences(lay("Oui.")).schema
    assert out.height == 0


PIECES = st.sampled_from(
    ["Il part", "M", "J.-C", "12", ".", "...", "…", "!", " ", "  ", "»", " »", "« ", '"', "\n", "œ", "𝄞", "à"]
)


@given(st.lists(st.one_of(st.text(max_size=12), st.lists(PIECES, max_size=20).map("".join)), min_size=1, max_size=4))
def test_slices_are_exact_and_every_character_is_kept(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    out = split_sentences(lay(*paragraphs))
    assert [text[a:b] for a, b in out.select("start", "end").rows()] == out["text"].to_list()
    assert "".join("".join(out["text"]).split()) == "".join(text.split())
    assert out["start"].is_sorted()
