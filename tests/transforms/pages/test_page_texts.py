"""The text of pages: what is kept, what it is called, what trafilatura leaves out."""

import pytest

from transforms.pages.line_kinds import find_line_kinds, list_pieces
from transforms.pages.several import cut_articles
from transforms.pages.texts import add_missing, read_page
from transforms.pages.trees import parse_page

FIRST = "Le bac de Hautecombe a repris ses traversées samedi, devant trois cents personnes venues des deux rives."
SECOND = "Il transportera 120 passagers par heure, a indiqué la mairie, qui a payé la moitié des travaux du quai."
THIRD = "La prochaine révision aura lieu dans cinq ans, selon le constructeur, installé à Port-Ancelin depuis 1952."


def kinds_of(body: str, *lines: str) -> list[str]:
    return find_line_kinds("\n".join(lines), list_pieces(parse_page(f"<html><body>{body}</body></html>")))


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<p>{}</p>", "paragraph"),
        ("<div><h2>{}</h2></div>", "heading"),
        ("<figure><figcaption>{}</figcaption></figure>", "caption"),
        ("<blockquote class='twitter-tweet'><p>{}</p></blockquote>", "embed"),
        ("<div class='video-player'><p>{}</p></div>", "player"),
        ("<div class='article-related'><h3>{}</h3></div>", "related"),
        ("<div id='comments'><p>{}</p></div>", "comment"),
        ("<p class='article__chapo'>{}</p>", "lead"),
        ("<ul><li>{}</li></ul>", "list"),
        ("<div>{}</div>", ""),
    ],
)
def test_tags_say_what_a_line_is(markup, kind):
    around = f"<p>{FIRST}</p><p>{THIRD}</p>" * 2
    assert kinds_of(around + markup.format(SECOND), SECOND) == [kind]


def test_a_class_on_the_whole_page_says_nothing():
    body = f"<div class='has-comments tag-transports'><h1>Titre</h1><p>{FIRST}</p><p>{SECOND}</p></div>"
    assert kinds_of(body, FIRST, SECOND) == ["paragraph", "paragraph"]


def test_what_is_printed_in_the_text_and_in_a_box_is_text():
    body = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><div class='related'><p>{FIRST}</p></div>"
    assert kinds_of(body, FIRST) == ["paragraph"]


def test_missing_paragraphs_come_back_where_they_stand():
    box = f"<div class='related'><p>{SECOND.replace('120', '240')}</p></div>"
    pieces = list_pieces(parse_page(f"<html><body><p>{FIRST}</p>{box}<div>{SECOND}</div><p>{THIRD}</p></body></html>"))
    assert add_missing(f"{FIRST}\n{THIRD}", pieces) == f"{FIRST}\n{SECOND}\n{THIRD}"


def test_links_between_paragraphs_do_not_come_back():
    link = f"<div><a href='/x'>{SECOND}</a></div>"
    pieces = list_pieces(parse_page(f"<html><body><p>{FIRST}</p>{link}<p>{THIRD}</p></body></html>"))
    assert add_missing(f"{FIRST}\n{THIRD}", pieces) == f"{FIRST}\n{THIRD}"


@pytest.mark.parametrize("markup", ["", "<", "<html>", "rien", "<p>" * 5_000 + "fin", "<!-- ouvert"])
def test_no_markup_stops_us(markup):
    page = read_page(markup)
    assert len(page.line_kinds) in (0, page.text.count("\n") + 1)


def test_a_page_in_columns_of_a_table_is_text():
    cell = f"<td><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></td>"
    head = "<head><title>Le bac rouvre enfin ses portes</title></head>"
    page = read_page(
        f"<html lang='fr'>{head}<body><table><tr><td>Home News Contact</td>{cell}</tr></table></body></html>"
    )
    assert all(line in page.text for line in (FIRST, SECOND, THIRD))


def test_one_article_and_its_teasers_are_one_page():
    main = f"<article><h1>Le bac</h1><p>{FIRST * 4}</p></article>"
    teaser = f"<article><h2><a href='/b'>Autre</a></h2><p>{SECOND}</p></article>"
    assert cut_articles((main + teaser * 3).encode()) == []
    briefs = [f"<article><h2>Brève {n}</h2><p>{text}</p></article>".encode() for n, text in enumerate((FIRST, SECOND))]
    assert cut_articles(b"<main>" + b"".join(briefs) + b"</main>") == briefs
