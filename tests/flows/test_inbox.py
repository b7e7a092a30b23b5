"""Whatever lies in an inbox is either read or told."""

import gzip
import json
import os
from pathlib import Path

import polars as pl
import pytest

from flows.inbox import Fault, InboxFile, is_own, list_files, one_line
from flows.readers import read_records
from flows.settings import Limits


def read_all(inbox: Path) -> tuple[list[dict], list[Fault]]:
    records, faults = [], []
    for file in list_files(inbox):
        for item in [file] if isinstance(file, Fault) else read_records(file):
            (faults if isinstance(item, Fault) else records).append(item)
    return records, faults


def test_files_come_in_the_order_of_their_paths_and_hidden_ones_not_at_all(tmp_path):
    for name in ("b.txt", "a/z.md", "a/.hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [f.source_path for f in list_files(tmp_path)] == ["a/z.md", "b.txt"]


def test_a_loop_of_links_ends_and_a_broken_link_is_told(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "t.txt").write_text("x")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = list(list_files(tmp_path))
    assert [f.source_path for f in found if isinstance(f, InboxFile)] == ["a/t.txt"]
    assert [(f.source_path, f.reason) for f in found if isinstance(f, Fault)] == [("self.txt", "file cannot be opened")]


def test_links_are_followed_once_and_only_inside(tmp_path):
    inbox, outside = tmp_path / "inbox", tmp_path / "outside"
    for folder in (inbox / ".store", inbox / "a", outside):
        folder.mkdir(parents=True)
    (inbox / "a" / "t.txt").write_text("x")
    (inbox / ".store" / "kept.txt").write_text("y")
    (outside / "secret.txt").write_text("z")
    (inbox / "again.txt").symlink_to(inbox / "a" / "t.txt")
    (inbox / "b").symlink_to(inbox / "a")
    (inbox / "stored").symlink_to(inbox / ".store")
    (inbox / "stored_too").symlink_to(inbox / ".store")
    (inbox / "out").symlink_to(outside)
    (inbox / "secret.txt").symlink_to("../outside/secret.txt")
    found = list(list_files(inbox))
    assert [f.source_path for f in found if isinstance(f, InboxFile)] == ["a/t.txt", "stored/kept.txt"]
    assert [(f.source_path, f.reason) for f in found if isinstance(f, Fault)] == [
        ("out", "link leads outside the inbox"),
        ("secret.txt", "link leads outside the inbox"),
    ]


def test_folders_hundreds_deep_are_told_once_and_cost_nothing_else(tmp_path):
    (tmp_path / "good.txt").write_text("x")
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(600):  # one step at a time: the whole path would be too long a name
        os.mkdir("d", dir_fd=here)
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    found = list(list_files(tmp_path))
    assert [f.source_path for f in found if isinstance(f, InboxFile)] == ["good.txt"]
    assert [f.reason for f in found if isinstance(f, Fault)] == ["folders too deep"]
    far = list(list_files(tmp_path, Limits(depth=10_000)))
    assert [f.source_path for f in far if isinstance(f, InboxFile)] == ["good.txt"]


def test_a_file_above_the_limit_is_told_and_not_opened(tmp_path):
    (tmp_path / "long.txt").write_text("x" * 100)
    found = list(list_files(tmp_path, Limits(file_bytes=99)))
    assert [(f.source_path, f.reason) for f in found] == [("long.txt", "file too large")]


def test_names_that_differ_in_one_byte_are_shown_apart(tmp_path):
    names = [rb"a\xe9.txt", b"a\xe9.txt", b"a\xe8.txt", rb"a\x5cxe9.txt", b"\x1b[31mred.txt", b"\xe2\x80\xae.txt"]
    for name in names:
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_text("x")
    shown = [file.source_path for file in list_files(tmp_path)]
    assert len({*shown}) == len(names)
    assert all(one_line(path).isprintable() for path in shown)


def test_the_warehouse_and_what_is_beside_it_are_no_texts(tmp_path):
    ours = ["w.duckdb", "w.duckdb.lock", "w.duckdb.work", "w.duckdb.journal", "w.duckdb.wal", "aliases.csv"]
    for name in (*ours, "w.duckdb.staging/batch.parquet", "w.duckdb.txt", "other/aliases.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = list_files(tmp_path, is_ours=is_own(tmp_path / "w.duckdb"))
    assert [file.source_path for file in found] == ["other/aliases.csv", "w.duckdb.txt"]


def test_any_file_name_is_shown_in_one_line(tmp_path):
    names = [b"guill\"emet's.txt", b"deux\nlignes.txt", b"cp1252-\xe9.txt"]
    for name in names:
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_bytes("été".encode())
    records, faults = read_all(tmp_path)
    assert sorted(r["source_path"] for r in records) == ["cp1252-\\xe9.txt", "deux\nlignes.txt", "guill\"emet's.txt"]
    assert not faults
    assert one_line("deux\nlignes.txt") == "deux\\nlignes.txt"


def test_what_is_no_file_or_no_known_type_is_told(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "plan.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    records, faults = read_all(tmp_path)
    assert not records
    assert [(f.source_path, f.reason) for f in faults] == [
        ("pipe.txt", "not a regular file"),
        ("plan.jpg", "file type not read"),
    ]


@pytest.mark.parametrize(
    ("raw", "encoding", "text"),
    [
        ("é".encode(), "utf-8", "é"),
        (b"\xef\xbb\xbfa\r\nb\rc\n", "utf-8-sig", "a\nb\nc\n"),
        ("l’œuvre à 5 €".encode("cp1252"), "cp1252", "l’œuvre à 5 €"),
        ("été".encode("utf-16"), "utf-16", "été"),
        (b"a\x00b", "utf-8", "a\x00b"),
    ],
)
def test_encoding_is_found_and_said(tmp_path, raw, encoding, text):
    (tmp_path / "t.txt").write_bytes(raw)
    records, _ = read_all(tmp_path)
    assert [(r["encoding"], r["text"], r["raw"]) for r in records] == [(encoding, text, raw)]


def test_bytes_that_are_no_text_are_told(tmp_path):
    (tmp_path / "image.txt").write_bytes(bytes(range(32)) * 40)
    _, faults = read_all(tmp_path)
    assert [(f.stage, f.reason) for f in faults] == [("decode", "not a text")]


def test_front_matter_of_markdown_is_given_columns(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitre: Le pont\ndate: 2025-03-02\nurl: https://a.example\n---\nLe texte.\n")
    records, _ = read_all(tmp_path)
    assert json.loads(records[0]["given"]) == {
        "title": "Le pont",
        "date": "2025-03-02",
        "url": "https://a.example",
        "_columns": {"title": "titre"},
    }
    assert records[0]["text"] == "Le pont\n\nLe texte.\n"


def test_a_bad_line_of_json_costs_only_itself(tmp_path):
    lines = ['{"text": "un"}', "[1]", '{"text": 3}', "{broken", '{"titre": "x"}', "", '{"texte": "deux", "lien": "u"}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    records, faults = read_all(tmp_path)
    assert [(r["record"], r["text"]) for r in records] == [(0, "un"), (5, "deux")]
    assert [(f.record, f.reason) for f in faults] == [
        (1, "not a JSON object"),
        (2, "text is no string"),
        (3, "not JSON"),
        (4, "no text column"),
    ]


def test_a_truncated_gzip_keeps_what_came_before(tmp_path):
    whole = gzip.compress("\n".join(json.dumps({"text": f"article {n} " + "mot " * 500}) for n in range(400)).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    records, faults = read_all(tmp_path)
    assert records
    assert [f.reason for f in faults] == ["file is damaged"]


def test_a_line_that_is_too_long_is_set_aside_and_the_next_one_read(tmp_path, monkeypatch):
    monkeypatch.setenv("MARBRE_RECORD_BYTES", "1000")
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "x" * 5000}) + '\n{"text": "court"}\n')
    (tmp_path / "b.txt").write_text("y" * 5000)
    records, faults = read_all(tmp_path)
    assert [(r["record"], r["text"]) for r in records] == [(1, "court")]
    assert [(f.source_path, f.record, f.reason) for f in faults] == [
        ("a.jsonl", 0, "record too long"),
        ("b.txt", None, "record too long"),
    ]


def test_parquet_gives_its_rows_and_their_columns(tmp_path):
    rows = {
        "text": ["un", None],
        "url": ["u", None],
        "published_on": [pl.Series(["2024-05-06"]).str.to_date()[0], None],
    }
    pl.DataFrame(rows).write_parquet(tmp_path / "a.parquet")
    pl.DataFrame({"resume": ["x"]}).write_parquet(tmp_path / "b.parquet")
    (tmp_path / "c.parquet").write_bytes(b"PAR1 not really")
    records, faults = read_all(tmp_path)
    assert [(r["record"], r["text"], r["given"]) for r in records] == [
        (0, "un", '{"date": "2024-05-06", "url": "u", "_columns": {"date": "published_on"}}'),
        (1, "", None),
    ]
    assert [(f.source_path, f.reason) for f in faults] == [
        ("b.parquet", "no text column"),
        ("c.parquet", "file is damaged"),
    ]


def test_the_same_record_has_the_same_id_wherever_it_lies(tmp_path):
    (tmp_path / "a.txt").write_bytes("Été.\n".encode())
    (tmp_path / "b.txt").write_bytes("Été.\n".encode("cp1252"))
    (tmp_path / "c.jsonl").write_text('{"text": "Été.\\n"}\n{"text": "Été.\\n", "url": "u"}\n')
    ids = [r["document_id"] for r in read_all(tmp_path)[0]]
    assert len({*ids[:3]}) == 1
    assert ids[3] != ids[0]
