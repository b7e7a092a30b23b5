"""The web: pages, pages of several articles, saved pages, WARC, WET and feeds, from the file to the article."""

import gzip
import json

import polars as pl
import pytest

from flows.batches import extract_pages
from flows.languages import load_language_detector
from tests.flows.readers.web_files import Article, articles, read_all, rss, warc
from transforms.articles import lay_out
from transforms.records import RECORDS

MANY = 500


def lay(records) -> list[dict]:
    """The articles that records become, in their order."""
    documents, _ = extract_pages(pl.DataFrame(records, schema=RECORDS))
    return lay_out(documents, load_language_detector()).articles.to_dicts()


def facts(article: dict) -> tuple:
    day = article["published_at"].date().isoformat() if article["published_at"] else None
    return article["title"], day, article["publication"], article["authors"]


def expected(article: Article) -> tuple:
    return article.title.replace("'", "’"), article.day, "Journal du Lac", [article.author]


def test_a_page_gives_what_its_head_declares_and_the_title_is_in_the_text(tmp_path):
    (tmp_path / "a.html").write_text(Article(1).page)
    records, faults = read_all(tmp_path)
    (article,) = lay(records)
    assert not faults
    assert facts(article) == expected(Article(1))
    assert article["publication_evidence"] == "head"
    assert article["url"] == Article(1).url
    assert article["text"].split("\n\n") == [Article(1).title, *Article(1).paragraphs]


@pytest.mark.parametrize("count", [3, MANY])
def test_a_page_of_several_articles_gives_each_with_its_own_bytes(tmp_path, count):
    briefs = [
        f"<article><header><h2>{a.title}</h2><time datetime='{a.day}'>{a.day}</time></header>{a.body}</article>"
        for a in articles(count)
    ]
    page = f"<html><head><title>Les brèves</title></head><body><main>{''.join(briefs)}</main></body></html>"
    (tmp_path / "breves.html").write_text(page)
    records, faults = read_all(tmp_path)
    assert not faults
    assert [r["raw"].decode() for r in records] == briefs
    assert [r["record"] for r in records] == list(range(count))
    found = lay(records[:20])
    assert [(a["title"], a["published_at"].date().isoformat()) for a in found] == [
        (a.title, a.day) for a in articles(min(count, 20))
    ]


def test_links_to_other_articles_and_comments_do_not_cut_a_page(tmp_path):
    teaser = "<article><h3><a href='/b'>Une autre histoire</a></h3><p>Deux lignes pour donner envie.</p></article>"
    comment = f"<article class='comment'><h4>Un lecteur</h4><p>{'Je ne suis pas de cet avis. ' * 10}</p></article>"
    page = Article(2).page.replace("<footer>", f"{teaser * 3}{comment * 3}<footer>")
    (tmp_path / "a.html").write_text(page)
    records, _ = read_all(tmp_path)
    assert [r["record"] for r in records] == [None]


@pytest.mark.parametrize("count", [3, MANY])
@pytest.mark.parametrize("packed", [False, True])
def test_each_page_of_a_warc_is_a_record(tmp_path, count, packed):
    body = warc([(a.url, a.page.encode(), "text/html; charset=utf-8") for a in articles(count)])
    (tmp_path / ("a.warc.gz" if packed else "a.warc")).write_bytes(gzip.compress(body) if packed else body)
    records, faults = read_all(tmp_path)
    assert not faults
    assert [json.loads(r["given"])["url"] for r in records] == [a.url for a in articles(count)]
    assert {r["reader"] for r in records} == {"web_archive"}
    assert [facts(a) for a in lay(records[:5])] == [expected(a) for a in articles(min(count, 5))]


def test_redirects_and_pictures_of_a_warc_are_no_records_and_a_cut_one_keeps_the_whole_ones(tmp_path):
    pages = [(a.url, a.page.encode(), "text/html") for a in articles(3)]
    extra = [("https://x.example/logo.png", b"\x89PNG", "image/png")]
    (tmp_path / "a.warc").write_bytes(warc(pages + extra))
    (tmp_path / "b.warc").write_bytes(warc(pages, status="301 Moved Permanently"))
    whole = gzip.compress(warc(pages))
    (tmp_path / "c.warc.gz").write_bytes(whole[: len(whole) - 60])
    records, faults = read_all(tmp_path)
    paths = [r["source_path"] for r in records]
    assert (paths.count("a.warc"), paths.count("b.warc")) == (3, 0)
    assert paths.count("c.warc.gz") == 2
    assert [(f.source_path, f.record) for f in faults] == [("b.warc", None), ("c.warc.gz", 2)]


def test_a_page_of_a_warc_is_read_in_the_encoding_that_the_server_declares(tmp_path):
    page = Article(3).page.replace("<meta charset='utf-8'>", "").replace("Le prochain", "À 4 €, le prochain")
    (tmp_path / "a.warc").write_bytes(
        warc([(Article(3).url, page.encode("iso8859-15", "replace"), "text/html; charset=ISO-8859-15")])
    )
    records, _ = read_all(tmp_path)
    assert records[0]["encoding"] == "iso-8859-15"
    assert "À 4 €, le prochain" in lay(records)[0]["text"]


def test_a_wet_gives_texts_whose_title_stands_below_the_menu(tmp_path):
    texts = [
        "\n".join([f"{a.title} - Journal du Lac", "Accueil", "Politique", a.title, f"Par {a.author}", *a.paragraphs])
        for a in articles(3)
    ]
    body = warc([(a.url, t.encode(), "text/plain") for a, t in zip(articles(3), texts, strict=True)], "conversion")
    (tmp_path / "a.warc.wet").write_bytes(body)
    records, faults = read_all(tmp_path)
    assert not faults
    assert [(a["title"], a["authors"], a["url"]) for a in lay(records)] == [
        (a.title, [a.author], a.url) for a in articles(3)
    ]


@pytest.mark.parametrize("count", [3, MANY])
@pytest.mark.parametrize("element", ["content:encoded", "description"])
def test_each_item_of_a_feed_is_a_record(tmp_path, count, element):
    (tmp_path / "flux.xml").write_text(rss(articles(count), element))
    records, faults = read_all(tmp_path)
    assert not faults
    assert len(records) == count
    found = lay(records[:5])
    assert [facts(a) for a in found] == [expected(a) for a in articles(min(count, 5))]
    assert found[0]["publication_evidence"] == "header"
    assert found[0]["text"].split("\n\n") == [Article(0).title, *Article(0).paragraphs]


def test_atom_with_its_own_names(tmp_path):
    a = Article(4)
    entry = (
        f"<entry><title type='html'>{a.title}</title><link rel='alternate' href='{a.url}'/>"
        f"<published>{a.day}T07:30:00+01:00</published><author><name>{a.author}</name></author>"
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{a.body}</div></content></entry>"
    )
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Journal du Lac</title>{entry}</feed>"
    (tmp_path / "flux.atom").write_text(feed)
    (article,) = lay(read_all(tmp_path)[0])
    assert facts(article) == expected(a)
    assert article["url"] == a.url


def test_a_feed_cut_in_the_middle_gives_the_whole_items_and_one_fault(tmp_path):
    feed = rss(articles(10))
    (tmp_path / "flux.rss").write_text(feed[: len(feed) // 2])
    records, faults = read_all(tmp_path)
    assert 3 <= len(records) < 10
    assert [f.reason for f in faults] == ["feed is damaged"]


def test_xml_that_is_no_feed_is_told(tmp_path):
    (tmp_path / "a.xml").write_text("<?xml version='1.0'?><TEI><text>Rien pour nous</text></TEI>")
    records, faults = read_all(tmp_path)
    assert not records
    assert [f.reason for f in faults] == ["file type not read"]
