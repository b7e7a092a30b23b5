"""Lines above the title that are not it: each head with its title, and near misses where the like is the title."""

import polars as pl
import pytest

from transforms.articles import lay_out

TEXT = (
    "Le lac de Brévigny restera fermé aux baigneurs tout l’été, a décidé jeudi le conseil municipal à l’unanimité.\n\n"
    "Les analyses ont trouvé trois fois plus d’algues qu’en 2019. « Nous n’avons pas le choix », a dit le maire, Luc "
    "Obry.\n"
)

HEADS = [
    (
        "La protection de vos données compte pour nous\nTout accepter | Tout refuser\n\n"
        "À Brévigny, le lac reste fermé\n\nPar Zoé Amar\n",
        "À Brévigny, le lac reste fermé",
    ),
    ("Menu 🔍\nÉDITO\n\nL’eau qui dort\n\nPar Zoé Amar\n", "L’eau qui dort"),
    (
        "Environnement-baignade-lac\nÀ Brévigny, le lac reste fermé tout l’été\n04/07/2024 09:12\n",
        "À Brévigny, le lac reste fermé tout l’été",
    ),
    (
        "Correction du titre de la dépêche de 9 h 12\n\nLe lac de Brévigny reste fermé\n\n4 juillet 2024\n",
        "Le lac de Brévigny reste fermé",
    ),
    (
        "Erratum publié le 6 juillet 2024\n\nLe lac de Brévigny reste fermé\n\n"
        "Par Zoé Amar, le 4 juillet 2024\n",
        "Le lac de Brévigny reste fermé",
    ),
    (
        "Entretien\nAnne Le Bris, hydrologue à l’université\n« Un lac malade ne guérit pas en un été »\n\n"
        "Zoé Amar\n4 juillet 2024\n",
        "« Un lac malade ne guérit pas en un été »",
    ),
    (
        "SANS UNE SEULE VOIX CONTRE\nLE CONSEIL FERME LE LAC\n\nUn été sans baignade\n",
        "Sans une seule voix contre le conseil ferme le lac",
    ),
    ("RUGBY\nBrévigny tombe de haut\nBrévigny - Marcenay : 12-31 (5-17)\n4 juillet 2024\n", "Brévigny tombe de haut"),
    (
        "Maëlys DU BREUIL\n4 juillet 2024\n\nLe lac de Brévigny reste fermé tout l’été\n",
        "Le lac de Brévigny reste fermé tout l’été",
    ),
    # Near misses.
    ("Brévigny-sur-Orge\n\nPar Zoé Amar\n4 juillet 2024\n", "Brévigny-sur-Orge"),
    ("Anne Le Bris, la gardienne du lac\n\nPar Zoé Amar\n", "Anne Le Bris, la gardienne du lac"),
    ("À LA UNE\nLE LAC DE BRÉVIGNY FERME\n\nPar Zoé Amar\n", "Le lac de Brévigny ferme"),
    ("Erratum dans les analyses du lac de Brévigny\n\nPar Zoé Amar\n", "Erratum dans les analyses du lac de Brévigny"),
]  # fmt: skip


def article_of(head: str) -> dict[str, object]:
    document = {"document_id": ["a"], "source_path": ["a.txt"], "text": [f"{head}\n{TEXT}"], "given": [None]}
    documents = pl.DataFrame(document, schema_overrides={"given": pl.String})
    return lay_out(documents, lambda texts: ["fr"] * len(texts)).articles.to_dicts()[0]


@pytest.mark.parametrize(("head", "title"), HEADS)
def test_title(head: str, title: str) -> None:
    assert article_of(head)["title"] == title


def test_family_name_in_capitals_on_the_first_line_signs() -> None:
    assert article_of(HEADS[8][0])["authors"] == ["Maëlys du Breuil"]
    assert article_of("Affaire BREUIL\n4 juillet 2024\n")["authors"] == []


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        ("Publié à 7 h, jeudi 4 juillet 2024", "2024-07-04T07:00"),
        ("Mis en ligne à 21 h 05, le 4 juillet 2024", "2024-07-04T21:05"),
        ("Posté aujourd’hui à 8h40\nActualisé le 04.07.2024 à 11h02", "2024-07-04T08:40"),
        ("Publié aujourd’hui à 18h40\nMis à jour le 04.07.2024 à 11h02", None),
    ],
)
def test_hours_of_publication(lines: str, published: str | None) -> None:
    found = article_of(f"Le lac de Brévigny reste fermé\n\n{lines}\n")["published_at"]
    assert (found and found.isoformat()[:16]) == published  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("LE MATIN DE BRÉVIGNY — VENDREDI 8 JUIN 1951 — PAGE 3", "1951-06-08"),
        ("3 — LE MATIN DE BRÉVIGNY — VENDREDI 8 JUIN 1951", "1951-06-08"),
        # The calendar does not agree: it was a Friday.
        ("LE MATIN DE BRÉVIGNY — LUNDI 8 JUIN 1951 — PAGE 3", None),
    ],
)
def test_masthead_of_an_old_paper_dates_it(line: str, published: str | None) -> None:
    found = article_of(f"{line}\n\nLE LAC DE BRÉVIGNY FERME\n")["published_at"]
    assert (found and found.isoformat()[:10]) == published  # type: ignore[attr-defined]
