"""Every layout that is read: all of its articles, what a cut leaves of them, and layouts that only look alike."""

import bz2
import gzip
import json
from pathlib import Path

import pytest
import zstandard
from exports import LAYOUTS, Piece, pieces

from flows.inbox import Fault, InboxFile, list_files
from flows.readers import read_records

WHOLE_OR_NOTHING = (".docx", ".xlsx", ".parquet")
"""Their index stands at the end: of a file cut short nothing can be read."""


def read_folder(folder: Path) -> tuple[list[dict], list[Fault]]:
    records, faults = [], []
    for file in list_files(folder):
        assert isinstance(file, InboxFile), file
        for item in read_records(file):
            (faults if isinstance(item, Fault) else records).append(item)
    return records, faults


def flat(text: str) -> str:
    return " ".join(text.split())


def check(record: dict, article: Piece) -> None:
    """The record tells the article: its whole text, title, day, newspaper and author."""
    given = json.loads(record["given"])
    assert flat(record["text"]) == flat(f"{article.title} {article.text}")
    assert flat(given["title"]) == article.title
    assert given["date"][:10] == article.day.isoformat()
    assert flat(given["publication"]) == article.paper
    authors = given["authors"] if isinstance(given["authors"], str) else ", ".join(given["authors"])
    assert flat(authors) == article.author


@pytest.mark.parametrize("count", [1, 3, 500])
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_article_of_a_layout_is_read_with_its_head(tmp_path, name, count):
    articles = pieces(count)
    (tmp_path / name).write_bytes(LAYOUTS[name](articles))
    records, faults = read_folder(tmp_path)
    assert not faults
    assert [record["record"] for record in records] == list(range(count))
    for record, article in zip(records, articles, strict=True):
        check(record, article)


@pytest.mark.parametrize("name", [n for n in LAYOUTS if not n.endswith(WHOLE_OR_NOTHING)])
def test_a_file_cut_in_the_middle_gives_the_whole_ones_and_one_reject(tmp_path, name):
    articles = pieces(9)
    written = LAYOUTS[name](articles)
    cut = _middle_of_an_article(written, articles[5], name)
    (tmp_path / name).write_bytes(written[:cut])
    records, faults = read_folder(tmp_path)
    assert len(records) in (5, 6)
    for record, article in zip(records[:5], articles, strict=False):
        check(record, article)
    assert len(records) + len(faults) == 6


def _middle_of_an_article(written: bytes, article: Piece, name: str) -> int:
    """A place after the first words of the article's text: « Le syndicat du bac n° 5 »."""
    encoding = "cp1252" if b"ISO-8859-1" in written or name == "table.csv" else "utf-8"
    marks = [f"syndicat du bac n° {article.number} ".encode(e) for e in (encoding, "utf-16-le")]
    marks += [
        f"syndicat du bac n\\u176? {article.number} ".encode(),
        f"bac n\\u00b0 {article.number} a ouvert".encode(),
    ]
    return next(place for mark in marks if (place := written.find(mark)) >= 0) + 60


@pytest.mark.parametrize("name", [n for n in LAYOUTS if n.endswith(WHOLE_OR_NOTHING)])
def test_a_cut_file_with_its_index_at_the_end_is_one_reject(tmp_path, name):
    written = LAYOUTS[name](pieces(9))
    (tmp_path / name).write_bytes(written[: len(written) // 2])
    records, faults = read_folder(tmp_path)
    assert not records
    assert [fault.source_path for fault in faults] == [name]


@pytest.mark.parametrize("name", ["table.csv", "lignes.jsonl", "liste.json", "nexis.TXT", "europresse.HTML"])
@pytest.mark.parametrize(
    ("suffix", "compress"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".zst", zstandard.compress)]
)
def test_compressed_files_are_read_as_what_they_hold(tmp_path, name, suffix, compress):
    articles = pieces(40)
    (tmp_path / (name + suffix)).write_bytes(compress(LAYOUTS[name](articles)))
    records, faults = read_folder(tmp_path)
    assert not faults
    assert len(records) == 40
    check(records[39], articles[39])


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_bytes_of_a_record_are_its_own(tmp_path, name):
    (tmp_path / name).write_bytes(LAYOUTS[name](pieces(3)))
    records, _ = read_folder(tmp_path)
    raws = [record["raw"] for record in records]
    assert len({*raws}) == 3
    if name.endswith((".HTML", ".html", ".txt", ".TXT", ".csv", ".jsonl", ".json")) and name != "objet.json":
        assert all(raw in (tmp_path / name).read_bytes() for raw in raws)


def test_archives_are_known_whatever_they_are_called(tmp_path):
    for name in ("europresse.HTML", "factiva.txt", "corpus_iramuteq.txt", "colonnes.parquet"):
        (tmp_path / f"sans_suffixe_{name.split('.')[0]}").write_bytes(LAYOUTS[name](pieces(3)))
    records, faults = read_folder(tmp_path)
    assert not faults
    assert [record["reader"] for record in records[::3]] == ["parquet", "starred", "europresse", "archive"]


def test_a_layout_that_changed_is_told_and_not_mangled(tmp_path):
    written = LAYOUTS["europresse.HTML"](pieces(3))
    (tmp_path / "a.html").write_bytes(written.replace(b"<article>", b"<doc>").replace(b"</article>", b"</doc>"))
    changed = written.replace(b'class="titreArticle"', b'class="t"').replace(
        b"titreArticleVisu rdp__articletitle", b"u"
    )
    (tmp_path / "b.html").write_bytes(changed.replace(b"docOcurrContainer", b"x").replace(b"DocText", b"y"))
    factiva = LAYOUTS["factiva.html"](pieces(3))
    (tmp_path / "c.html").write_bytes(factiva.replace(b"article frArticle", b"artikel"))
    records, faults = read_folder(tmp_path)
    assert [record["source_path"] for record in records] == ["a.html"] * 3  # its articles are known by what is in them
    for record, article in zip(records, pieces(3), strict=True):
        check(record, article)
    reasons = ("article not understood", "layout not known")
    assert [(f.source_path, f.record) for f in faults if f.reason in reasons] == [
        *(("b.html", n) for n in range(3)),
        ("c.html", None),
    ]
    assert "saw 3 articles so far and read 0" in faults[-2].detail


def test_one_article_that_is_not_understood_costs_only_itself(tmp_path):
    written = LAYOUTS["europresse.HTML"](pieces(3)).decode()
    second = written.split("<article>")[2]
    (tmp_path / "a.html").write_text(
        written.replace(second, second.replace("docOcurrContainer", "x").replace("DocText", "y"))
    )
    records, faults = read_folder(tmp_path)
    assert [record["record"] for record in records] == [0, 2]
    assert [(f.record, f.reason) for f in faults] == [(1, "article not understood")]
    assert "it has no text; Europresse saw 2 articles so far and read 1" in faults[0].detail
