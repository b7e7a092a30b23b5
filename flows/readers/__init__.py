"""Files to records: one file a format.

A reader is a row of READERS: the name of its format, the suffixes of its files, whether it knows a file by its first
bytes, and how it reads one. It is handed a Source (sources.py) and gives records (rows of transforms.records.RECORDS)
and faults, made with records.py. What it does not catch itself is caught here: a fault costs only its record, or what
comes after it in its file.

    read_records(file)      the records and faults of a file of the inbox
    read_source(source)     the same of any Source, such as a member of an archive
    whose(source)           the reader of a Source, by its content first, then by its suffix

A new format is a file here and a row of READERS. An archive makes a Source of each member with sources.make_source and
gives what read_source gives. Readers import nothing heavy before they read: a run without news should not wait for it.
"""

import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from flows.readers import (
    companions,
    europresse,
    factiva,
    feeds,
    json_documents,
    json_lines,
    mail,
    office,
    packed,
    pages,
    parquet,
    pdf,
    plain_text,
    rtf,
    starred,
    tables,
    text_archives,
    web_archives,
    workbooks,
)
from flows.readers.records import Fault, Record, fault, first_line
from flows.readers.sources import LimitPassed, Source, file_source, split_suffix
from flows.settings import read_limits

if TYPE_CHECKING:
    from flows.inbox import InboxFile


class Reader(NamedTuple):
    """How files of one format are known and read."""

    name: str
    """One word, as in documents and messages."""
    about: str
    """What it reads, in one line."""
    suffixes: tuple[str, ...]
    """Suffixes of its files where no reader knows them by content, in lower case."""
    knows: Callable[[Source], bool]
    """Whether the first bytes (and perhaps the suffix) show that the file is of this format."""
    read: Callable[[Source], Iterator[Record | Fault]]
    """The records of a file, in its order. What it raises is told as a fault of the file."""


def _by_suffix_alone(source: Source) -> bool:
    return False


READERS = (
    Reader("metadata", "a table of TXM that describes the texts beside it", (), companions.knows, companions.read),
    Reader("europresse", "Europresse, pages saved as .html", (), europresse.knows, europresse.read),
    Reader("factiva", "Factiva, pages saved as .html", (), factiva.knows, factiva.read),
    Reader("starred", "corpora of IRaMuTeQ and Alceste", (), starred.knows, starred.read),
    Reader("archive", "Nexis, Factiva and Europresse as text", (), text_archives.knows, text_archives.read),
    Reader("parquet", "tables in Parquet", parquet.SUFFIXES, parquet.knows, parquet.read),
    Reader("json_lines", "a JSON object a line", json_lines.SUFFIXES, json_lines.knows, json_lines.read),
    Reader(
        "json", "an article, or a list of them, in JSON", json_documents.SUFFIXES, _by_suffix_alone, json_documents.read
    ),
    Reader("table", "tables as text, of any delimiter", tables.SUFFIXES, _by_suffix_alone, tables.read),
    Reader("workbook", "workbooks of spreadsheets", workbooks.SUFFIXES, _by_suffix_alone, workbooks.read),
    Reader("rtf", "documents in RTF, those of archives too", rtf.SUFFIXES, rtf.knows, rtf.read),
    Reader("office", "documents of word processors, those of archives too", office.SUFFIXES, office.knows, office.read),
    Reader("pdf", "the text of pages of print", pdf.SUFFIXES, pdf.knows, pdf.read),
    Reader("mail", "mail, and pages saved whole", mail.SUFFIXES, mail.knows, mail.read),
    Reader("web_archive", "WARC and WET of crawlers", web_archives.SUFFIXES, web_archives.knows, web_archives.read),
    Reader("feed", "RSS and Atom", feeds.SUFFIXES, feeds.knows, feeds.read),
    Reader("packed", "folders packed as .zip or .tar", packed.SUFFIXES, packed.knows, packed.read),
    Reader("page", "web pages", pages.SUFFIXES, _by_suffix_alone, pages.read),
    Reader("text", "a text a file", plain_text.SUFFIXES, _by_suffix_alone, plain_text.read),
)
"""Every reader, in the order in which they are asked."""
READ_SUFFIXES = tuple(dict.fromkeys(suffix for reader in READERS for suffix in reader.suffixes))
"""Suffixes of files that are read whatever is in them; each may be followed by one of sources.COMPRESSIONS."""

ADVICE = {
    **dict.fromkeys((".xls", ".xlsb", ".ods", ".numbers"), "a workbook: save it as .xlsx or .csv"),
    **dict.fromkeys((".doc", ".wpd", ".pages"), "a document: save it as .docx, .odt or .pdf"),
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".tif", ".tiff"), "a picture: a program for character recognition reads it"
    ),
    **dict.fromkeys((".rar", ".7z"), "an archive: unpack it, or pack it as .zip"),
}
"""What to do with files of formats that people hold and nothing here reads, by suffix."""


def suffix_of(name: bytes) -> str | None:
    """The suffix, in lower case, that says how a file is read; null where only its content can say."""
    suffix, compression = split_suffix(name.decode("utf-8", "replace"))
    return suffix + compression if suffix in READ_SUFFIXES else None


def whose(source: Source) -> Reader | None:
    """The reader of a file: the first that knows its content, else that of its suffix; null where there is none."""
    known = next((reader for reader in READERS if reader.knows(source)), None)
    return known or next((reader for reader in READERS if source.suffix in reader.suffixes), None)


def is_known(file: "InboxFile") -> bool:
    """Whether some reader knows a file without a suffix that is read. Errors: OSError where it cannot be opened."""
    try:
        return whose(file_source(file.path, file.source_path, read_limits())) is not None
    except LimitPassed:
        return True


def read_records(file: "InboxFile", say: Callable[[str], None] = lambda note: None) -> Iterator[Record | Fault]:
    """Read one file.

    Out: its records as rows of transforms.records.RECORDS, and a Fault for each that cannot be read; where the file
    itself fails midway, the records before stand and one Fault says so.
    Errors: none but what ends the process. `say` is told in one line how the file was read.
    """
    try:
        source = file_source(file.path, file.source_path, read_limits(), say)
    except LimitPassed as error:
        yield Fault(file.source_path, None, "read", "file too large", str(error), None)
    except Exception as error:
        yield explain(file.source_path, error, None)
    else:
        yield from read_source(source)


def read_source(source: Source) -> Iterator[Record | Fault]:
    """Read one Source, as read_records does."""
    reader, found = None, 0
    try:
        reader = whose(source)
        if reader is None:
            yield fault(source, None, "file type not read", _advise(source))
            return
        for item in reader.read(source):
            if found >= source.limits.file_records:
                detail = f"at most {source.limits.file_records:,} are read (MARBRE_FILE_RECORDS)"
                yield fault(source, None, "too many records in one file", detail)
                return
            found += 1
            yield _signed(item, reader)
    except LimitPassed as error:
        yield fault(source, None, "file too large", f"{error}; {found} records were read")
    except Exception as error:
        yield explain(source.source_path, error, reader, found)


def _advise(source: Source) -> str:
    """What to do with a file that nothing reads."""
    return ADVICE.get(source.suffix) or f"read are {', '.join(READ_SUFFIXES)}"


def _signed(item: Record | Fault, reader: Reader) -> Record | Fault:
    """A record with the name of its reader; that of a member of an archive has its own already."""
    if isinstance(item, dict) and item["reader"] is None:
        item["reader"] = reader.name
    return item


def explain(source_path: str, error: Exception, reader: Reader | None, found: int = 0) -> Fault:
    """One Fault for whatever ended the reading of a file, with how far it came."""
    if isinstance(error, OSError) and error.errno is not None:
        return Fault(source_path, None, "read", "file cannot be read", error.strerror or str(error), None)
    before = f"; {found} records before were read" if found else ""
    if isinstance(error, EOFError | zlib.error) or type(error).__module__.split(".")[0] in DAMAGE_MODULES:
        return Fault(source_path, None, "read", "file is damaged", first_line(error) + before, None)
    name = reader.name if reader else "none"
    detail = f"{type(error).__name__}: {first_line(error)} (reader {name}){before}"
    return Fault(source_path, None, "read", "file cannot be read", detail, None)


DAMAGE_MODULES = ("pyarrow", "gzip", "zstandard", "zipfile", "lxml", "xml", "ijson", "openpyxl", "tarfile", "warcio")
"""Libraries whose errors say that a file is not as its format wants it."""
