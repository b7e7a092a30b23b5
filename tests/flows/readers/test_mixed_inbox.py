"""Sixty mixed files: nothing in an inbox is unsaid."""

from pathlib import Path

import pytest

from tests.flows.inboxes import ask, run
from tests.flows.readers.web_files import Article, articles, docx, odt, pdf, rss, tarred, warc, zipped

FAULTY = {
    "image.png": b"\x89PNG\r\n",
    "vide.txt": b" \n",
    "vide.html": b"<html></html>",
    "abime.pdf": b"%PDF-1.7 rien",
    "abime.docx": b"PK\x03\x04rien",
    "abime.zip": b"PK\x03\x04rien",
    "abime.warc.gz": b"\x1f\x8b\x08rien",
    "abime.jsonl": b"{\n[]\n",
    "octets.txt": bytes(range(32)) * 40,
    "balises.xml": b"<?xml version='1.0'?><TEI/>",
}


def fill(inbox: Path) -> int:
    """Put the files into an inbox; out: how many."""
    for n, a in enumerate(articles(20)):
        (inbox / f"texte{n:02}.txt").write_text(f"{a.title}\n\n" + "\n\n".join(a.paragraphs))
        (inbox / f"page{n:02}.html").write_text(Article(n + 20).page)
    (inbox / "copie.txt").write_bytes((inbox / "texte00.txt").read_bytes())
    late = [Article(n) for n in range(40, 70)]
    styled = [("Title", late[0].title), *(("Normal", p) for p in late[0].paragraphs)]
    printed = [(60, 780 - 30 * i, 11, p.replace("’", "'")) for i, p in enumerate([late[1].title, *late[1].paragraphs])]
    files = {
        "a.docx": docx(styled),
        "b.odt": odt([("Title", late[2].title), *(("Normal", p) for p in late[2].paragraphs)]),
        "c.pdf": pdf([printed]),
        "d.xml": rss(late[3:6]).encode(),
        "e.warc": warc([(a.url, a.page.encode(), "text/html") for a in late[6:9]]),
        "f.zip": zipped({f"{a.day}.txt": "\n\n".join([a.title, *a.paragraphs]).encode() for a in late[9:12]}),
        "g.tar.gz": tarred({"x/y.html": late[12].page.encode(), "logo.gif": b"GIF89a"}),
        "h.eml": f"Subject: {late[13].title}\nMIME-Version: 1.0\n\n".encode()
        + "\n\n".join(late[13].paragraphs).encode(),
        "i.mac.txt": "\n\n".join([late[14].title, *late[14].paragraphs]).encode("mac-roman"),
        **FAULTY,
    }
    for name, body in files.items():
        (inbox / name).write_bytes(body)
    return 41 + len(files)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "inbox").mkdir()
    assert fill(folder / "inbox") == 60
    run(folder / "inbox", folder / "w.duckdb")
    return folder / "w.duckdb"


def test_the_account_is_even(warehouse):
    counts = "select found, loaded, unchanged, repeated, rejected from runs"
    (found, loaded, unchanged, repeated, rejected), *_ = ask(warehouse, counts)
    assert found == loaded + unchanged + repeated + rejected
    assert (loaded, repeated) == (20 + 20 + 15, 1)
    assert rejected >= len(FAULTY) + 1


def test_every_file_is_a_sighting_or_a_reject(warehouse):
    places = "select source_path from sightings union select source_path from rejects"
    told = {path.split("/")[0] for (path,) in ask(warehouse, places)}
    assert told == {path.name for path in (warehouse.parent / "inbox").iterdir()}
    assert {path for (path,) in ask(warehouse, "select source_path from rejects")} >= {*FAULTY, "g.tar.gz/logo.gif"}


def test_every_article_begins_with_its_title(warehouse):
    query = "select count(*), count(*) filter (starts_with(text, title)) from articles"
    assert ask(warehouse, query) == [(55, 55)]
    assert ask(warehouse, "select count(distinct title) from articles") == [
        (len({Article(n).title for n in range(55)}),)
    ]
