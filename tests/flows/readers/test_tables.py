"""Tables as text, workbooks and JSON: what is found out about them, and what a fault in one costs."""

import io
import json
from pathlib import Path

import pytest
from test_exports import read_folder

from flows.inbox import list_files
from flows.readers import read_records
from flows.readers.sources import Source
from flows.readers.tables import Dialect, parse_rows, sniff
from flows.settings import Limits
from tests.flows.readers.web_files import zipped


def body(record: dict) -> str:
    """What the text of a record tells below the title that was given beside it."""
    title = json.loads(record["given"] or "{}").get("title")
    return record["text"].removeprefix(f"{' '.join(title.split())}\n\n") if title else record["text"]


def source_of(raw: bytes, name: str = "a.csv") -> Source:
    return Source(name, ".csv", raw[:65536], lambda: io.BytesIO(raw), Limits())


@pytest.mark.parametrize(
    ("written", "encoding", "delimiter", "escape"),
    [
        ("titre;texte\nLe bac;Il part, enfin.\n", "utf-8", ";", None),
        ("title,text\nLe bac,Il part ; enfin.\n", "utf-8", ",", None),
        ("titre\ttexte\nLe bac\tIl part, enfin ; tôt.\n", "utf-16", "\t", None),
        ("titre|texte\nL’été|Il part.\n", "cp1252", "|", None),
        ('titre,texte\n"Le bac","Le \\"bac\\" part, dit-il."\n"b","\\"c\\""\n', "utf-8", ",", "\\"),
        ("sep=;\ntitre;texte\nLe bac;Il part.\n", "utf-8-sig", ";", None),
    ],
)
def test_how_a_table_is_written_is_found(written, encoding, delimiter, escape):
    found = sniff(source_of(written.encode(encoding)))
    assert (found.delimiter, found.escape) == (delimiter, escape)
    assert found.encoding == encoding


def test_how_a_table_was_read_is_said(tmp_path):
    from flows.inbox import list_files
    from flows.readers import read_records

    (tmp_path / "a.csv").write_bytes("titre;texte;note\nL’été;Il part.;3,5\n".encode("cp1252"))
    said: list[str] = []
    records = list(read_records(next(iter(list_files(tmp_path))), said.append))
    assert said == ["a table with semicolons, cp1252, decimal commas; titre is title, texte is text"]
    assert json.loads(records[0]["given"])["note"] == 3.5
    assert records[0]["encoding"] == "cp1252"


def test_a_row_of_another_encoding_is_read_in_its_own(tmp_path):
    rows = [b"titre,texte\n", "é,Le préfet est passé.\n".encode(), "L’été,Il a été là.\n".encode("cp1252")]
    (tmp_path / "a.csv").write_bytes(b"".join([rows[0], rows[1] * 5000, rows[2]]))
    records, faults = read_folder(tmp_path)
    assert not faults
    assert (body(records[-1]), json.loads(records[-1]["given"])["title"]) == ("Il a été là.", "L’été")


def test_a_quote_that_never_closes_costs_its_row(tmp_path):
    rows = [f'"titre {n}","texte {n}"' for n in range(300)]
    rows[100] = '"titre 100","il a dit "non" et puis rien'
    (tmp_path / "a.csv").write_text("title,text\n" + "\n".join(rows) + "\n")
    records, faults = read_folder(tmp_path)
    assert [(fault.record, fault.reason) for fault in faults] == [(100, "row is damaged")]
    assert len(records) == 299
    assert body(records[-1]) == "texte 299"


def test_a_row_with_too_many_cells_is_told_and_one_with_fewer_read(tmp_path):
    (tmp_path / "a.csv").write_text("text,title,note\nun,a,1\ndeux,b,2,3\ntrois,c\n")
    records, faults = read_folder(tmp_path)
    assert [body(record) for record in records] == ["un", "trois"]
    assert [(fault.record, fault.reason) for fault in faults] == [(1, "row has too many cells")]


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.xlsx", "a.parquet", "a.jsonl", "a.docx"])
@pytest.mark.parametrize(
    "raw", [b"", b"\x00\x01\x02\xff" * 50, b"<html><body><p>Bonjour</p></body></html>", b"PK\x03\x04"]
)
def test_what_is_not_what_its_name_says_is_told(tmp_path, name, raw):
    (tmp_path / name).write_bytes(raw)
    records, faults = read_folder(tmp_path)
    assert not records
    assert len(faults) == (0 if name == "a.jsonl" and not raw else 1)


def test_lines_of_a_table_are_all_kept():
    written = 'a;b\n1;"x\ny"\n\n2;z\n'
    rows = list(parse_rows(io.StringIO(written), Dialect("utf-8", ";", None, False), 1000))
    assert "".join(row.written for row in rows) == written
    assert [row.cells for row in rows] == [["a", "b"], ["1", "x\ny"], [], ["2", "z"]]


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ('{"text": "un", "title": "t"}', ["un"]),
        ('[{"text": "un"}, {"text": "deux"}]', ["un", "deux"]),
        ('{"articles": [{"text": "un"}, {"text": "deux"}]}', ["un", "deux"]),
        ('{"0": {"texte": "un", "titre": "a"}, "1": {"texte": "deux", "titre": "b"}}', ["un", "deux"]),
        ('{"query": {"text": "bac"}, "data": {"hits": [{"text": "un"}]}}', ["un"]),
        ('{"text": "un"}\n{"text": "deux"}\n', ["un", "deux"]),
        ('{"text": "un\u2028deux"}', ["un\ndeux"]),
        ('[{"text": "un\ndeux"}]', ["un\ndeux"]),
    ],
)
def test_articles_are_found_where_json_holds_them(tmp_path, written, texts):
    (tmp_path / "a.json").write_text(written)
    records, faults = read_folder(tmp_path)
    assert [body(record) for record in records] == texts
    assert not faults


def test_an_article_above_the_limit_is_told_and_those_before_it_stand(tmp_path, monkeypatch):
    monkeypatch.setenv("MARBRE_RECORD_BYTES", "5000")
    (tmp_path / "a.json").write_text(json.dumps([{"text": "court"}] * 3 + [{"text": "x" * 1_000_000}]))
    records, faults = read_folder(tmp_path)
    assert [body(record) for record in records] == ["court"] * 3
    assert len(faults) == 1


def test_lines_of_json_hold_what_json_allows(tmp_path):
    deep: object = "fond"
    for _ in range(900):
        deep = [deep]
    lines = [
        json.dumps({"text": "un\u2028deux", "titre": "a\u0085b"}, ensure_ascii=False).encode(),
        b'{"text": "trois", "tags": ["\\ud83d"], "\\udc00": 1}',
        json.dumps({"text": "quatre", "tags": deep}).encode(),
        b'{"text": "cinq", "note": NaN}',
    ]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    records, faults = read_folder(tmp_path)
    assert [body(record) for record in records] == ["un\ndeux", "trois", "quatre", "cinq"]
    assert not faults
    assert all(json.loads(record["given"] or "{}", parse_constant=pytest.fail) is not None for record in records)


def test_a_bad_value_of_parquet_costs_itself_and_a_bad_text_its_row(tmp_path):
    import pyarrow as arrow
    from pyarrow import parquet

    table = arrow.table(
        {
            "text": arrow.array(["un", "deux", "trois"]),
            "vu": arrow.array([1_600_000_000_123_456_789] * 3, arrow.timestamp("ns")),
            "age": arrow.array([5, 6, 7], arrow.duration("us")),
            "fin": arrow.array([500_000_000_000_000_000] * 3, arrow.timestamp("us")),
            "zone": arrow.array([1_600_000_000] * 3, arrow.timestamp("s", "Nulle/Part")),
        }
    )
    broken = arrow.Array.from_buffers(
        arrow.string(),
        3,
        [None, arrow.array([0, 2, 4, 6], arrow.int32()).buffers()[1], arrow.py_buffer(b"un\xe9\xfftr")],
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    parquet.write_table(arrow.table({"text": broken}), tmp_path / "b.parquet")
    records, faults = read_folder(tmp_path)
    assert [body(record) for record in records] == ["un", "deux", "trois", "un", "tr"]
    assert [(f.source_path, f.record, f.reason) for f in faults] == [("b.parquet", 1, "text is no UTF-8")]


def test_columns_of_a_workbook_may_begin_below_a_heading_and_hold_days(tmp_path: Path):
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Revue de presse du bac"])
    book.active.append([])
    book.active.append(["Texte", "Date"])
    book.active.append(["Le bac part.", datetime(2021, 6, 8)])
    book.active.append(["Il revient.", 44355])
    book.active.append([None, None])
    book.save(tmp_path / "a.xlsx")
    records, faults = read_folder(tmp_path)
    assert [(r["text"], json.loads(r["given"])["date"]) for r in records] == [
        ("Le bac part.", "2021-06-08"),
        ("Il revient.", "2021-06-08"),
    ]
    assert not faults


BINARY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OPEN_SHEET = zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<office/>"})


@pytest.mark.parametrize(("name", "content"), [("a.xls", BINARY), ("a.ods", OPEN_SHEET)])
def test_other_workbooks_are_told_with_what_to_do(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    (file,) = list_files(tmp_path)
    told = [(f.reason, f.detail) for f in read_records(file)]
    assert told == [("file type not read", "a workbook: save it as .xlsx or .csv")]
