"""Documents: PDF, word processors, rich text, mail and saved pages, from the file to the article."""

import pytest

from tests.flows.readers.test_web import expected, facts, lay
from tests.flows.readers.web_files import Article, articles, docx, odt, pdf, read_all

BODY = 11


def wrap(text: str, width: int = 62) -> list[str]:
    """A paragraph on lines as print sets them, words hyphened where they do not fit."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) + 1 <= width:
            line = f"{line} {word}".strip()
            continue
        room = width - len(line) - 2
        cut = room if 3 < room < len(word) - 3 and word.isalpha() else 0
        lines.append(f"{line} {word[:cut]}-" if cut else line)
        line = word[cut:]
    return [*lines, line]


def print_page(number: int, lines: list[tuple[int, str]], top: int = 780) -> list[tuple[int, int, int, str]]:
    """A page with a running head; lines of (size, text), a blank one where the text is empty."""
    made = [(60, 810, 8, f"Journal du Lac   Revue de presse   page {number}")]
    place = top
    for size, text in lines:
        place -= size + 3 if text else size
        if text:
            made.append((60, place, size, text))
    return made


def print_article(article: Article) -> list[tuple[int, str]]:
    lines: list[tuple[int, str]] = [(20, article.title), (BODY, ""), (BODY, f"Par {article.author}"), (BODY, "")]
    for paragraph in article.paragraphs:
        lines += [(BODY, line) for line in wrap(paragraph.replace("’", "'"))] + [(BODY, "")]
    return lines


def test_pdf_joins_lines_and_undoes_hyphens_and_running_heads(tmp_path):
    a = Article(1)
    long = [Article(n).paragraphs[0].replace("’", "'") for n in range(10, 16)]
    second = [(BODY, line) for p in long for line in [*wrap(p), ""]]
    (tmp_path / "revue.pdf").write_bytes(pdf([print_page(1, print_article(a)), print_page(2, second)]))
    records, faults = read_all(tmp_path)
    assert not faults
    (article,) = lay(records)
    assert (article["title"], article["authors"]) == (a.title, [a.author])
    assert article["text"].split("\n\n")[1:4] == a.paragraphs
    assert "Revue de presse" not in article["text"]
    assert "Revue de presse" in records[0]["text"]


@pytest.mark.parametrize(("count", "told"), [(4, ["holds perhaps 4 articles"]), (1, [])])
def test_a_press_review_in_one_pdf_is_told(tmp_path, count, told):
    pages = [print_page(n, print_article(Article(n))) for n in range(count)]
    pages.append(print_page(count, [(BODY, line) for p in Article(9).paragraphs for line in wrap(p.replace("’", "'"))]))
    (tmp_path / "revue.pdf").write_bytes(pdf(pages))
    records, faults = read_all(tmp_path)
    assert len(records) == 1
    assert [f.detail.split(";")[0] for f in faults] == told


def test_a_pdf_without_letters_and_a_damaged_one_are_told(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf([[]]))
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4\nrien")
    records, faults = read_all(tmp_path)
    assert not records
    assert [f.reason for f in faults] == ["no text in the pages", "file is damaged or encrypted"]


@pytest.mark.parametrize(("name", "make"), [("a.docx", docx), ("a.odt", odt)])
def test_styles_of_word_processors_tell_the_title_and_headings(tmp_path, name, make):
    a = Article(2)
    styled = [("Title", a.title), ("Normal", f"Par {a.author}"), ("Normal", a.paragraphs[0])]
    styled += [("Heading1", "Des délais tenus"), ("Normal", a.paragraphs[1]), ("Caption", "La halle vue du lac")]
    styled += [("Normal", a.paragraphs[2])]
    (tmp_path / name).write_bytes(make(styled))
    records, faults = read_all(tmp_path)
    assert not faults
    (article,) = lay(records)
    assert (article["title"], article["authors"]) == (a.title, [a.author])
    assert article["text"].split("\n\n") == [
        a.title, a.paragraphs[0], "Des délais tenus", a.paragraphs[1], a.paragraphs[2],
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_a_document_cut_in_the_middle_is_told(tmp_path, name):
    make = docx if name.endswith("docx") else odt
    whole = make([("Normal", p) for a in articles(50) for p in a.paragraphs])
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    records, faults = read_all(tmp_path)
    assert not records
    assert [(f.source_path, f.reason) for f in faults] == [(name, "file is damaged")]


def test_rich_text(tmp_path):
    a = Article(3)
    escaped = ["".join(c if c.isascii() else f"\\u{ord(c)}?" for c in p) for p in [a.title, *a.paragraphs]]
    (tmp_path / "a.rtf").write_text("{\\rtf1\\ansi " + "\\par\\par ".join(escaped) + "\\par}")
    (article,) = lay(read_all(tmp_path)[0])
    assert article["text"].split("\n\n") == [a.title, *a.paragraphs]


def message(article: Article, subtype: str, body: str, extra: str = "") -> str:
    return (
        f"From: Lettre du lac <lettre@journal-du-lac.example>\nSubject: {article.title}\n"
        f"Date: Tue, 05 Mar 2024 07:30:00 +0100\nMIME-Version: 1.0\n{extra}"
        f"Content-Type: text/{subtype}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}"
    )


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_mail_gives_its_text_with_subject_and_day(tmp_path, subtype):
    a = Article(5)
    body = "\n\n".join(a.paragraphs) if subtype == "plain" else f"<html><body>{a.body}</body></html>"
    (tmp_path / "a.eml").write_bytes(message(a, subtype, body).encode())
    records, faults = read_all(tmp_path)
    assert not faults
    (article,) = lay(records)
    assert article["title"] == a.title
    assert article["published_at"].isoformat() == "2024-03-05T07:30:00"
    assert a.paragraphs[1] in article["text"]
    assert article["authors"] == []


def test_a_page_saved_whole_is_that_page(tmp_path):
    a = Article(6)
    saved = (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {a.url}\nSubject: {a.title}\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="---b"\n\n'
        f"-----b\nContent-Type: text/html\nContent-Location: {a.url}\n\n{a.page}\n"
        "-----b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n-----b--\n"
    )
    (tmp_path / "a.mhtml").write_bytes(saved.encode())
    records, faults = read_all(tmp_path)
    assert not faults
    (article,) = lay(records)
    assert facts(article) == expected(a)
    assert article["url"] == a.url
