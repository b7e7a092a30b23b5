"""Persons, agencies and posters in bylines."""

import pytest

from transforms.layout.bylines import is_person, read_byline, recase_name


@pytest.mark.parametrize(
    ("text", "authors", "agencies"),
    [
        ("Par Lise Amar et Paul Verne", ["Lise Amar", "Paul Verne"], []),
        ("Par Lise Amar avec l'AFP".replace("'", "’"), ["Lise Amar"], ["AFP"]),
        ("Par Lise Amar (avec AFP et Reuters)", ["Lise Amar"], ["AFP", "Reuters"]),
        ("PAR JEAN-LOUP D’ORVAL", ["Jean-Loup d’Orval"], []),
        ("De notre correspondante à Oslo, Lise de La Tour", ["Lise de La Tour"], []),
        ("Propos recueillis par Lise Amar", ["Lise Amar"], []),
        ("Par Lise Amar, médecin du travail", ["Lise Amar"], []),
        ("By Alice O’Hara, transport editor", ["Alice O’Hara"], []),
        ("Lise Amar (texte) et Paul Verne (photos)", ["Lise Amar"], []),
        ("La rédaction avec AFP", [], ["AFP"]),
        ("L. A.", ["L. A."], []),
    ],
)
def test_a_byline_names_persons_apart_from_agencies(text, authors, agencies):
    byline = read_byline(text)
    assert (byline.authors, byline.agencies, byline.is_byline) == (authors, agencies, True)


@pytest.mark.parametrize(
    "text", ["Par ailleurs", "Par 27 voix contre 22", "La fin du monde", "Le port rouvre", "À retenir"]
)
def test_other_lines_are_no_bylines(text):
    assert not read_byline(text).is_byline


def test_who_writes_for_the_site_only_posted():
    assert read_byline("écrit par Zoé R").is_poster
    assert not read_byline("Par Zoé Roux").is_poster


def test_names_in_capitals_are_recased():
    assert [recase_name(n) for n in ("PAUL MCCARTY", "ÉLODIE DE SÈZE", "Paul VERNE", "Paul de Vries", "JR")] == [
        "Paul McCarty", "Élodie de Sèze", "Paul Verne", "Paul de Vries", "JR",
    ]  # fmt: skip
    assert is_person("Inès van der Meer")
    assert not is_person("Le Courrier de Brissac")


def test_outlets_and_phrases_in_capitals_are_no_persons():
    for text in ("L’Écho des Quais", "DANS LE MASSIF DU CARLAT", "La Gazette Libre", "CORRESPONDANTE À MADRID"):
        assert read_byline(text).authors == []


def test_mail_addresses_and_words_before_a_name_are_left_out():
    for text in ("Lise Amar - l.amar@gazette.example", "De Lise Amar", "AMAR Lise", "À Vaudreuil, Lise Amar"):
        assert [a.title() for a in read_byline(text).authors] == ["Lise Amar"]
    assert read_byline("PRADIER Odette").authors == ["Odette Pradier"]
    assert read_byline("reportage de Lise Amar").authors == ["Lise Amar"]


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Texte : Lise Amar / Photos : Paul Verne", ["Lise Amar"]),
        ("Texte et photos : Lise Amar", ["Lise Amar"]),
        ("De notre bureau d’Oslo, Lise Amar (avec Reuters)", ["Lise Amar"]),
        ("Enquête d’Aline Amar", ["Aline Amar"]),
        ("Traduit de l’anglais (Canada) par Lise Amar", []),
        ("Entretien avec Lise Amar", []),
        ("Lise Amar (Radio Brissac)", ["Lise Amar"]),
        ("Auteur : Amar, Lise", ["Lise Amar"]),
        ("publié par Terres du Sud", []),
    ],
)
def test_only_who_wrote_is_an_author(text, authors):
    assert read_byline(text).authors == authors
