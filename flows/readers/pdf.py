"""Pages of print, .pdf: the text that lies in them, line by line; a record a file."""

import re
import statistics
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from flows.readers.office import Paragraph, make_document_record
from flows.readers.records import Fault, Record, fault, first_line, too_long, warn_of_more
from flows.readers.sources import Source, read_whole

SUFFIXES = (".pdf",)
MAGIC = b"%PDF-"
SAME_LINE = 0.5
"""Of its height: how far apart two runs of one line may stand up or down."""

GAP = 0.4
"""Of its height: a wider space above a line begins a paragraph; lines of one have up to 0.25."""

LARGE = 1.25
"""Times the height of most lines: a heading."""

TITLE = 1.6
"""Times the height of most lines: the title of an article; headings within one are smaller."""

LEAST_TITLES = 3
"""Pages that begin with a title from which a file is a press review; a cover and a long article have one each."""

RUNNING_LINES = 2
"""Lines at the top and at the foot of a page among which its running head is."""

RUNNING_PAGES = 2


class Line(NamedTuple):
    """A printed line, with its box in points from the lower left corner of its page."""

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    kind: str = ""

    @property
    def height(self) -> float:
        """That of its letters."""
        return self.top - self.bottom


def knows(source: Source) -> bool:
    """Whether the file begins as the format says."""
    return MAGIC in source.head[:1024]


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the file as one record."""
    import pypdfium2  # noqa: PLC0415  # only where there is such a file

    raw = read_whole(source)
    if raw is None:
        yield too_long(source, None, source.head)
        return
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        yield fault(source, None, "file is damaged or encrypted", first_line(error), raw)
        return
    try:
        lines = [line for number in range(len(document)) for line in _page_lines(document, number)]
    finally:
        document.close()
    if not lines:
        yield fault(source, None, "no text in the pages", "pictures of pages (scans) hold no letters to read", raw)
        return
    marked = mark_running_heads(lines)
    record = make_document_record(source, raw, join_lines(marked), "pdf")
    yield record
    yield from _warn_of_titles(source, marked, record["text"])


def _warn_of_titles(source: Source, lines: list[Line], text: str) -> Iterator[Fault]:
    """A fault where a press review was read as one article: pages begin with a title, or the text repeats a header."""
    titles = count_titles(lines)
    if titles >= LEAST_TITLES:
        detail = f"holds perhaps {titles} articles; 1 was read (so many pages begin with a title); split it"
        yield fault(source, None, "perhaps several articles", detail)
    else:
        yield from warn_of_more(source, text)


def count_titles(lines: list[Line]) -> int:
    """Pages whose first line, but for a running head, is a title by its size."""
    body = statistics.median(line.height for line in lines)
    firsts = [next((line for line in page if line.kind != "running"), None) for page in _pages(lines)]
    return sum(line is not None and line.height > TITLE * body for line in firsts)


def _page_lines(document: Any, number: int) -> Iterator[Line]:
    """The lines of a page, in the order in which they were set: column after column."""
    page = document[number]
    text = page.get_textpage()
    pending: Line | None = None
    for place in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(place)
        words = text.get_text_bounded(left, bottom, right, top).strip("\r\n")
        if not words.strip():
            continue
        bottom, top = _line_edges(text, left, bottom, right, top)
        run = Line(words.replace("\r\n", " "), number, left, right, bottom, top)
        if pending and _is_one_line(pending, run):
            pending = _join_runs(pending, run)
        else:
            if pending:
                yield pending
            pending = run
    if pending:
        yield pending
    text.close()
    page.close()


def _line_edges(text: Any, left: float, bottom: float, right: float, top: float) -> tuple[float, float]:
    """Foot and top of the line of a run: those of its letters depend on whether a p or a t is among them, those of the
    font do not."""
    letter = text.get_index((left + right) / 2, (bottom + top) / 2, right - left, top - bottom)
    if letter is None:
        return bottom, top
    _, low, _, high = text.get_charbox(letter, loose=True)
    return (low, high) if high > low else (bottom, top)


def _is_one_line(a: Line, b: Line) -> bool:
    """Whether two runs stand on one line, the second right of the first."""
    reach = SAME_LINE * min(a.height, b.height)
    return abs(a.bottom - b.bottom) < reach and -1 <= b.left - a.right < 3 * max(a.height, b.height)


def _join_runs(a: Line, b: Line) -> Line:
    space = " " if b.left - a.right > 0.15 * a.height and not a.text.endswith(" ") else ""
    return a._replace(
        text=a.text + space + b.text, right=b.right, bottom=min(a.bottom, b.bottom), top=max(a.top, b.top)
    )


def mark_running_heads(lines: list[Line]) -> list[Line]:
    """Mark the lines that several pages have at their top or foot, whatever their numbers."""
    edges = Counter(form for page in _pages(lines) for form in {_form(line) for line in _edges(page)})
    running = {form for form, pages in edges.items() if pages >= RUNNING_PAGES}
    return [
        line._replace(kind="running") if line in _edges(page) and _form(line) in running else line
        for page in _pages(lines)
        for line in page
    ]


def _pages(lines: list[Line]) -> list[list[Line]]:
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    return list(pages.values())


def _edges(page: list[Line]) -> list[Line]:
    ordered = sorted(page, key=lambda line: -line.top)
    return [*ordered[:RUNNING_LINES], *ordered[-RUNNING_LINES:]]


def _form(line: Line) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text.split()).casefold())


def join_lines(lines: list[Line]) -> list[Paragraph]:
    """Lines to paragraphs, each still on its lines: hyphens and wraps are undone where blocks are cut.

    A paragraph begins below a wider gap, at an indent, in other letters, in another column below a closed line.
    """
    body = statistics.median(line.height for line in lines)
    spoken = [line._replace(kind=line.kind or ("heading" if line.height > LARGE * body else "")) for line in lines]
    groups: list[list[Line]] = []
    for line in spoken:
        if groups and not _begins(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Paragraph("\n".join(line.text for line in group), group[0].kind) for group in _reunite(groups)]


def _begins(group: list[Line], line: Line) -> bool:
    above = group[-1]
    if line.kind != above.kind or line.kind == "running" or above.page != line.page:
        return True
    if line.bottom > above.bottom:
        return above.text[-1:] in ".!?…»”"
    if abs(line.height - above.height) > 0.2 * above.height and line.kind != "heading":
        return True
    indented = len(group) > 1 and line.left - min(x.left for x in group[-2:]) > 0.8 * line.height
    return above.bottom - line.top > GAP * above.height or (indented and above.text[-1:] in ".!?…»”")


def _reunite(groups: list[list[Line]]) -> list[list[Line]]:
    """Paragraphs that a page break cut in two, together again, the running heads between them below."""
    made: list[list[Line]] = []
    waiting: list[list[Line]] = []
    for group in groups:
        last = made[-1] if made else None
        if group[0].kind == "running":
            waiting.append(group)
        elif last and last[-1].page + 1 == group[0].page and _goes_on(last, group):
            last += group
        else:
            made += [*waiting, group]
            waiting = []
    return made + waiting


def _goes_on(group: list[Line], following: list[Line]) -> bool:
    same = group[-1].kind == following[0].kind == ""
    return same and group[-1].text[-1:] not in ".!?…»”:" and following[0].text[:1].islower()
