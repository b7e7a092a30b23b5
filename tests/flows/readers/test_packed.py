"""Packed folders: each member is read as it would be beside the archive, within limits."""

import io
import zipfile

import pytest

from tests.flows.readers.web_files import articles, read_all, tarred, warc, zipped

MANY = 500


def texts(count: int) -> dict[str, bytes]:
    return {f"dossier/{n:03}.txt": f"{a.title}\n\n{a.paragraphs[0]}".encode() for n, a in enumerate(articles(count))}


@pytest.mark.parametrize("count", [3, MANY])
@pytest.mark.parametrize(("name", "pack"), [("a.zip", zipped), ("a.tar.gz", tarred), ("a.tgz", tarred)])
def test_members_are_read_as_files_of_a_folder(tmp_path, name, pack, count):
    (tmp_path / name).write_bytes(pack(texts(count)))
    records, faults = read_all(tmp_path)
    assert not faults
    assert [r["source_path"] for r in records] == [f"{name}/{member}" for member in texts(count)]
    assert [r["raw"] for r in records] == list(texts(count).values())
    assert {r["reader"] for r in records} == {"text"}


def test_an_archive_may_hold_archives_and_files_of_many_records(tmp_path):
    inner = zipped({"b.warc": warc([(a.url, a.page.encode(), "text/html") for a in articles(2)])})
    (tmp_path / "a.zip").write_bytes(zipped({"c/inner.zip": inner, "d.txt": b"Un texte sans histoire."}))
    records, faults = read_all(tmp_path)
    assert not faults
    assert [(r["source_path"], r["record"]) for r in records] == [
        ("a.zip/c/inner.zip/b.warc", 0),
        ("a.zip/c/inner.zip/b.warc", 1),
        ("a.zip/d.txt", None),
    ]


def test_what_cannot_be_read_costs_only_itself(tmp_path):
    members = {"a.txt": b"Un texte.", "image.png": b"\x89PNG", "../b.txt": b"Dehors.", "__MACOSX/._a.txt": b"x"}
    (tmp_path / "a.zip").write_bytes(zipped(members))
    records, faults = read_all(tmp_path)
    assert [r["source_path"] for r in records] == ["a.zip/a.txt"]
    assert [(f.reason, f.detail and f.detail[:33]) for f in faults] == [
        ("member cannot be read", "its name leads out of the archive"),
        ("file type not read", faults[1].detail[:33]),
    ]


def test_an_encrypted_member_is_told(tmp_path):
    whole = bytearray(zipped({"a.txt": b"Un texte secret.", "b.txt": b"Un texte ouvert."}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(signature) + place] |= 1
    (tmp_path / "a.zip").write_bytes(whole)
    records, faults = read_all(tmp_path)
    assert [r["source_path"] for r in records] == ["a.zip/b.txt"]
    assert [(f.source_path, f.detail) for f in faults] == [("a.zip/a.txt", "is encrypted; unpack it with its password")]


def test_an_archive_expands_only_as_far_as_the_limits_allow(tmp_path, monkeypatch):
    monkeypatch.setenv("MARBRE_EXPANDED_BYTES", "1000000")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "Un texte court.")
        archive.writestr("b.jsonl", b'{"text": "x"}\n' + b" " * 50_000_000)
    (tmp_path / "a.zip").write_bytes(stream.getvalue())
    records, faults = read_all(tmp_path)
    assert [r["source_path"] for r in records] == ["a.zip/a.txt", "a.zip/b.jsonl"]
    assert [f.reason for f in faults] == ["file too large"]
    assert "MARBRE_EXPANDED_BYTES" in faults[0].detail


def test_archives_within_archives_end_somewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("MARBRE_DEPTH", "3")
    nested = zipped({"a.txt": b"Au fond."})
    for _ in range(5):
        nested = zipped({"z.zip": nested})
    (tmp_path / "a.zip").write_bytes(nested)
    records, faults = read_all(tmp_path)
    assert not records
    assert [f.reason for f in faults] == ["archives within archives"]


def test_an_archive_cut_in_the_middle_is_told(tmp_path):
    whole = zipped(texts(50))
    (tmp_path / "a.zip").write_bytes(whole[: len(whole) // 2])
    packed = tarred(texts(50), "w")
    (tmp_path / "b.tar").write_bytes(packed[: len(packed) // 2 + 600])
    records, faults = read_all(tmp_path)
    assert {f.source_path.split("/")[0] for f in faults} == {"a.zip", "b.tar"}
    assert all(r["source_path"].startswith("b.tar/") for r in records)


def test_names_written_by_windows_keep_their_accents(tmp_path):
    whole = zipped({"_t_.txt": b"Le bac a rouvert."}).replace(b"_t_.txt", b"\x82t\x82.txt")
    (tmp_path / "a.zip").write_bytes(whole)
    records, _ = read_all(tmp_path)
    assert [r["source_path"] for r in records] == ["a.zip/été.txt"]
