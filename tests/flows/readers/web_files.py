"""Invented articles as files of the web and of word processors hold them."""

import io
import tarfile
import zipfile
from pathlib import Path

from flows.inbox import Fault, list_files
from flows.readers import read_records
from flows.readers.records import Record

TOWNS = ("Valsource", "Port-Ancelin", "Brévigny", "Castelmont", "Ormeval")
NAMES = ("Lise Amar", "Paul Vernet", "Inès Corbier", "Hugo Lantier")


class Article:
    """One invented article: everything a layout may print of it."""

    def __init__(self, number: int) -> None:
        """The article of a number; no two have the same text."""
        town = TOWNS[number % len(TOWNS)]
        self.title = f"La halle de {town} rouvre après {number + 2} mois de travaux"
        self.author = NAMES[number % len(NAMES)]
        self.day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        self.url = f"https://www.journal-du-lac.example/articles/{number}"
        self.paragraphs = [
            f"La halle de {town} a rouvert samedi devant {number + 300} habitants, selon la mairie, qui l’a payée.",
            "« Nous avons tenu les délais malgré la pluie », s’est réjouie Anne Delorme, adjointe chargée des marchés.",
            f"Le prochain marché aura lieu dans {number % 6 + 2} jours, a précisé la ville à ses commerçants.",
        ]

    @property
    def body(self) -> str:
        """Its paragraphs in HTML."""
        return "".join(f"<p>{p}</p>" for p in self.paragraphs)

    @property
    def page(self) -> str:
        """A web page with a head and some furniture."""
        return (
            f"<!DOCTYPE html><html lang='fr'><head><meta charset='utf-8'><title>{self.title} | Journal du Lac</title>"
            f"<meta property='og:title' content='{self.title} | Journal du Lac'>"
            "<meta property='og:site_name' content='Journal du Lac'>"
            f"<link rel='canonical' href='{self.url}'>"
            f"<meta property='article:published_time' content='{self.day}T07:30:00+01:00'>"
            f"<meta name='author' content='Par {self.author}, correspondante à Castelmont'></head><body>"
            f"<nav>Accueil</nav><article><h1>{self.title}</h1>{self.body}</article><footer>Mentions</footer></body>"
        )


def articles(count: int) -> list[Article]:
    return [Article(n) for n in range(count)]


def read_all(folder: Path) -> tuple[list[Record], list[Fault]]:
    """What the readers give of all files of a folder."""
    items = [
        item for file in list_files(folder) for item in ([file] if isinstance(file, Fault) else read_records(file))
    ]
    return [i for i in items if isinstance(i, dict)], [i for i in items if isinstance(i, Fault)]


def warc(pages: list[tuple[str, bytes, str]], kind: str = "response", status: str = "200 OK") -> bytes:
    """A WARC file of (address, body, content type); `conversion` makes a WET."""
    parts = [b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:0>\r\nContent-Length: 0\r\n\r\n\r\n\r\n"]
    for url, body, content_type in pages:
        http = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        block = http + body if kind == "response" else body
        own = "application/http; msgtype=response" if kind == "response" else content_type
        header = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{url}>\r\nWARC-Target-URI: {url}\r\n"
            f"WARC-Date: 2024-05-05T00:00:00Z\r\nContent-Type: {own}\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        parts.append(header.encode() + block + b"\r\n\r\n")
    return b"".join(parts)


def rss(items: list[Article], text: str = "content:encoded") -> str:
    """An RSS feed."""
    made = "".join(
        f"<item><title>{a.title}</title><link>{a.url}</link><dc:creator>{a.author}</dc:creator>"
        f"<pubDate>{a.day}T07:30:00+01:00</pubDate><{text}><![CDATA[{a.body}]]></{text}></item>"
        for a in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Journal du Lac</title>'
        f"{made}</channel></rss>"
    )


def docx(paragraphs: list[tuple[str, str]]) -> bytes:
    """A document of Word of (style, text)."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    document = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()})


def odt(paragraphs: list[tuple[str, str]]) -> bytes:
    """A document of LibreOffice of (style, text)."""
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = "".join(f'<text:p text:style-name="{style}">{words}</text:p>' for style, words in paragraphs)
    content = f'<document xmlns:text="{text}"><body>{body}</body></document>'
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def zipped(members: dict[str, bytes]) -> bytes:
    """A .zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return stream.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w:gz") -> bytes:
    """A .tar, gzipped."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, body in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return stream.getvalue()


def pdf(pages: list[list[tuple[int, int, int, str]]]) -> bytes:
    """A PDF of pages of (x, y, size, text), in Helvetica; letters of cp1252."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for n, lines in enumerate(pages):
        shown = [f"BT /F1 {size} Tf {x} {y} Td ({_escape(text)}) Tj ET" for x, y, size, text in lines]
        stream = "\n".join(shown)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * n} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n"
    )
    return body + tail.encode() + b"%%EOF\n"


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
