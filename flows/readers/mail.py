"""Mail, .eml, and pages saved with all that belongs to them, .mhtml."""

from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

from flows.readers.dates import read_given_date
from flows.readers.pages import make_page_record
from flows.readers.records import Fault, Record, fault, make_text_record, not_text, too_long
from flows.readers.sources import Source, read_whole
from transforms.documents import NotText, decode_markup

SUFFIXES = (".eml", ".mhtml", ".mht")
PAGE_TYPE = b"multipart/related"
MARKS = (b"MIME-Version:", b"Mime-Version:", b"Snapshot-Content-Location:")


def knows(source: Source) -> bool:
    """Whether the file begins with the header of a page that was saved whole."""
    head = source.head[:2048]
    return head[:200].lstrip().startswith((b"From:", b"Snapshot-Content-Location:")) and any(m in head for m in MARKS)


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the message as one record: its text, or the page in it. What is attached is told, and not read."""
    import email  # noqa: PLC0415  # only where there is such a file
    import email.policy  # noqa: PLC0415

    raw = read_whole(source)
    if raw is None:
        yield too_long(source, None, source.head)
        return
    message = email.message_from_bytes(raw, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        yield fault(source, None, "not a message", "no header at its start", raw)
        return
    yield _read_message(source, raw, message)
    names = (
        [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
        if message.is_multipart()
        else []
    )
    if names and not _is_page(source, message):
        source.say(f"attached and not read: {', '.join(names)[:200]}")


def _is_page(source: Source, message: EmailMessage) -> bool:
    return source.suffix != ".eml" or message.get("Snapshot-Content-Location") is not None


def _read_message(source: Source, raw: bytes, message: EmailMessage) -> Record | Fault:
    page = _find(message, "text/html")
    plain = None if _is_page(source, message) else _find(message, "text/plain")
    given = _given(source, message)
    if plain is not None:
        return make_text_record(source, None, raw, _body(plain), given)
    if page is None:
        return fault(source, None, "no text in the message", "neither text nor page", raw)
    body = _body(page)
    address = page.get("Content-Location") or message.get("Snapshot-Content-Location")
    told = {"url": str(address)} if address and str(address).startswith("http") else given
    try:
        return make_page_record(source, None, body, decode_markup(body, page.get_content_charset()), told)
    except NotText as error:
        return not_text(source, None, error, raw)


def _body(part: EmailMessage) -> bytes:
    """The bytes of a part, base64 and quoted-printable undone."""
    body = part.get_payload(decode=True)
    return body if isinstance(body, bytes) else b""


def _find(message: EmailMessage, kind: str) -> EmailMessage | None:
    """The first part of a type, that is no attachment."""
    parts = (part for part in message.walk() if part.get_content_type() == kind and not part.is_attachment())
    return next((part for part in parts if isinstance(part, EmailMessage)), None)


def _given(source: Source, message: EmailMessage) -> dict[str, Any]:
    """Subject, date and sender; who sends an article has not signed it."""
    date = read_given_date(str(message["Date"])) if message["Date"] else None
    given = {
        "title": message["Subject"] and str(message["Subject"]),
        "date": date,
        "sender": message["From"] and str(message["From"]),
    }
    return {name: value for name, value in given.items() if value}
