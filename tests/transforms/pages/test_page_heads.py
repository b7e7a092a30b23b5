"""What pages declare: which source of a fact stands, and when the print contradicts it."""

import json

import pytest

from transforms.pages.heads import Head, read_head
from transforms.pages.line_kinds import list_pieces
from transforms.pages.names import clean_authors, clean_publication, strip_site
from transforms.pages.trees import parse_page

TITLE = "Le bac de Hautecombe rouvre après deux ans"


def head_of(head: str = "", body: str = "") -> Head:
    tree = parse_page(f"<html lang='fr'><head>{head}</head><body>{body}</body></html>")
    return read_head(tree, list_pieces(tree))


def json_ld(**item: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **item})}</script>"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (json_ld(headline=TITLE), ""),
        (f"<meta property='og:title' content='{TITLE} | Le Phare du Lac'>", f"<h1>{TITLE}</h1>"),
        (f"<title>{TITLE} - Le Phare du Lac</title><meta property='og:site_name' content='Le Phare du Lac'>", ""),
        (f"<title>Le Phare du Lac : {TITLE}</title><meta property='og:site_name' content='Le Phare du Lac'>", ""),
        (f"<meta name='DC.title' content='{TITLE}'>", "<h1>Le Phare du Lac</h1>"),
        ("<title>Le Phare du Lac</title>", f"<article><h1>{TITLE}</h1></article>"),
        (f"<title>{TITLE} | 14.03.2024</title>", ""),
    ],
)
def test_the_title_comes_without_the_name_of_the_site(head, body):
    assert head_of(head, body).title == TITLE


def test_the_heading_as_printed_stands_where_the_head_says_nearly_the_same():
    head = "<meta property='og:title' content='Hautecombe : le bac rouvre après deux ans de travaux'>"
    assert head_of(head, f"<h1>{TITLE}</h1>").title == TITLE
    expected = "Hautecombe : le bac rouvre après deux ans de travaux"
    assert head_of(head, "<h1>Nos offres d’abonnement</h1>").title == expected


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        (json_ld(headline=TITLE, datePublished="2024-03-14T07:30:00+01:00"), "", "2024-03-14T07:30:00+01:00"),
        ("<meta property='article:published_time' content='2024-03-14'>", "", "2024-03-14"),
        ("<meta name='DC.date.issued' content='2024-03-14'>", "", "2024-03-14"),
        ("", "<article><time datetime='2024-03-14T07:30'>hier</time></article>", "2024-03-14T07:30"),
        ("", "<p itemprop='datePublished' content='2024-03-14'>14 mars</p>", "2024-03-14"),
        # A `<time>` that prints another day as that of publication has the day of a change in its attribute.
        ("", "<article><time datetime='2024-04-02'>Publié le 14 mars 2024</time></article>", "2024-03-14"),
        # Nothing is declared: a day alone on a line beside the title.
        ("", f"<p>Par Lise Amar | 14 mars 2024</p><h1>{TITLE}</h1>", "2024-03-14"),
        # Times of other articles.
        ("", "<aside><time datetime='2024-01-01'>1er janvier</time></aside>", None),
        ("", "<p>Le bac avait fermé le 14 mars 2022.</p>", None),
    ],
)
def test_the_day_is_the_one_that_is_declared(head, body, date):
    assert head_of(head, body).date == date


def test_the_finest_of_the_same_day():
    head = "<meta name='date' content='2024-03-14'>" + json_ld(headline=TITLE, datePublished="2024-03-14")
    assert head_of(head + "<meta property='og:published_time' content='2024-03-14T07:30'>").date == "2024-03-14T07:30"


@pytest.mark.parametrize(
    ("texts", "persons", "agencies"),
    [
        (["Par Lise Amar"], ["Lise Amar"], []),
        (["Lise Amar, grand reporter"], ["Lise Amar"], []),
        (["LISE AMAR"], ["Lise Amar"], []),
        (["Lise Amar (lise.amar@phare.example)"], ["Lise Amar"], []),
        (["Lise Amar avec AFP"], ["Lise Amar"], ["AFP"]),
        (["Lise Amar et Paul Vernet"], ["Lise Amar", "Paul Vernet"], []),
        (["admin"], [], []),
        (["AFP"], [], ["AFP"]),
        (["https://www.facebook.com/lephare"], [], []),
    ],
)
def test_authors_without_offices_addresses_and_agencies(texts, persons, agencies):
    named = clean_authors([texts], "Le Phare du Lac")
    assert (named.persons, named.agencies) == (persons, agencies)


def test_the_newspaper_signs_only_where_nobody_else_does():
    assert clean_authors([["Le Phare du Lac"], ["Lise Amar"]], "Le Phare du Lac").persons == ["Lise Amar"]
    assert clean_authors([["Le Phare du Lac"]], "Le Phare du Lac") == ([], "Le Phare du Lac", [])


def test_authors_are_found_where_json_ld_only_refers_to_them():
    person = {"@type": "Person", "@id": "#1", "name": "Lise Amar"}
    article = {"@type": "NewsArticle", "headline": TITLE, "author": {"@id": "#1"}}
    script = f"<script type='application/ld+json'>{json.dumps({'@graph': [person, article]})}</script>"
    assert head_of(script).authors == ["Lise Amar"]


def test_authors_of_other_articles_are_none():
    body = f"<h1>{TITLE}</h1><aside class='related'><a rel='author'>Paul Vernet</a></aside>"
    assert head_of("", body).authors == []


@pytest.mark.parametrize(
    ("name", "publication"),
    [
        ("Le Phare du Lac", "Le Phare du Lac"),
        ("Le Phare du Lac - toute l’actualité du lac", "Le Phare du Lac"),
        ("Le Phare du Lac (www.phare.example)", "Le Phare du Lac"),
        ("www.phare.example", None),
        ("phare.example", None),
        ("", None),
    ],
)
def test_a_host_is_no_newspaper(name, publication):
    assert clean_publication(name) == publication


@pytest.mark.parametrize(
    ("title", "stripped"),
    [
        ("Le bac rouvre enfin ce samedi | Le Phare du Lac", "Le bac rouvre enfin ce samedi"),
        ("Le bac rouvre enfin - un an de travaux", "Le bac rouvre enfin - un an de travaux"),
        ("EXCLUSIF - Le bac rouvre enfin ce samedi", "EXCLUSIF - Le bac rouvre enfin ce samedi"),
    ],
)
def test_only_the_name_of_a_site_is_cut_off(title, stripped):
    assert strip_site(title, "Le Phare du Lac", []) == stripped


def test_broken_json_ld_costs_only_itself():
    broken = '<script type=\'application/ld+json\'>{"@type": "NewsArticle", </script>'
    assert head_of(broken + f"<title>{TITLE}</title>").title == TITLE
