"""What an inbox holds, told before anything is loaded."""

from typer.testing import CliRunner

from flows.cli import app
from flows.peeking import RECORDS_A_FILE, describe, describe_formats, peek
from flows.readers import READERS
from tests.flows.readers.web_files import Article, articles, rss


def test_each_format_with_its_records_titles_and_what_will_not_be_read(tmp_path):
    (tmp_path / "flux.xml").write_text(rss(articles(5)))
    (tmp_path / "a.html").write_text(Article(7).page)
    (tmp_path / "a.jsonl").write_text('{"texte": "Un bac sans histoire.", "titre": "Le bac"}\n{\n')
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    (tmp_path / "vide.txt").write_text(" \n")
    lines = list(describe(*peek(tmp_path)))
    assert lines[0] == "json_lines (a JSON object a line): 1 files, 1 records, utf-8"
    assert "  columns: titre as title, texte as text" in lines or "  columns: texte as text, titre as title" in lines
    assert "feed (RSS and Atom): 1 files, 5 records, utf-8" in lines
    assert f"  – {Article(0).title} · {Article(0).day} · Journal du Lac" in lines
    assert f"  – {Article(7).title} · {Article(7).day} · Journal du Lac" in lines
    assert "will not be read: 3" in lines
    assert "  vide.txt: empty (nothing to read in it)" in lines


def test_a_long_file_is_not_counted_to_its_end(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "Un bac sans histoire."}\n' * (RECORDS_A_FILE + 1))
    ((kind,), faults) = peek(tmp_path)
    assert (kind.records, kind.is_counted, faults) == (RECORDS_A_FILE, False, [])


def test_formats_are_those_of_the_readers():
    lines = list(describe_formats())
    assert [line.split()[0] for line in lines] == [reader.name for reader in READERS]
    assert CliRunner().invoke(app, ["formats"]).output.splitlines() == lines


def test_peek_writes_nothing_and_says_where_there_is_no_folder(tmp_path):
    result = CliRunner().invoke(app, ["peek", str(tmp_path / "nulle-part")])
    assert result.exit_code == 2
    assert CliRunner().invoke(app, ["peek", str(tmp_path)]).output == "nothing that is read\n"
    assert list(tmp_path.iterdir()) == []
