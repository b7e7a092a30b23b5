"""Odd files: every sample spoilt in every way, and texts, tables and pages that nobody would write on purpose.

A kind is a sample and a way to spoil it, or one of SPECIALS; the same kind and seed give the same bytes.
"""

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

SAMPLES = Path(__file__).parents[2] / "samples"
LARGEST_SAMPLE = 200_000
REPEATS = 300
MARKS = "«»“”\"'’()[]{}<>&%$#@*_~^|\\/-–—:;,.!?…0123456789\n\t \u00a0\u202f\u200b\ufeff\u2028\x00\x1b"
Spoil = Callable[[bytes, random.Random], bytes]


class Odd(NamedTuple):
    """A file to put into an inbox: the kind it is of, its name, its bytes."""

    kind: str
    name: str
    content: bytes


def cut_anywhere(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def without_beginning(content: bytes, chance: random.Random) -> bytes:
    return content[chance.randrange(len(content) + 1) :]


def flip_bits(content: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(1 + len(spoilt) // 200):
        if spoilt:
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def random_bytes(content: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(min(len(content), 5_000))


def noise_inside(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.randbytes(chance.randrange(1, 400)) + content[place:]


def drop_pieces(content: bytes, chance: random.Random) -> bytes:
    pieces = [content[start : start + 64] for start in range(0, len(content), 64)]
    return b"".join(piece for piece in pieces if chance.random() > 0.1)


def shuffle_lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def repeat_a_line(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True) or [b""]
    place = chance.randrange(len(lines))
    return b"".join(lines[:place] + [lines[place]] * REPEATS + lines[place:])


def repeat_a_mark(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.choice(MARKS).encode() * 20_000 + content[place:]


def sprinkle_marks(content: bytes, chance: random.Random) -> bytes:
    pieces = [content[start : start + 30] for start in range(0, len(content), 30)]
    return b"".join(piece + chance.choice(MARKS).encode() for piece in pieces)


def one_line(content: bytes, chance: random.Random) -> bytes:
    return content.replace(b"\n", b" ")


def old_line_breaks(content: bytes, chance: random.Random) -> bytes:
    return content.replace(b"\n", chance.choice([b"\r", b"\r\n", b"\n\n\n", b"\x0b", b"\xe2\x80\xa8"]))


def misread(content: bytes, chance: random.Random) -> bytes:
    encoding = chance.choice(["cp1252", "latin-1", "mac_roman", "cp850", "iso8859-7"])
    return content.decode(encoding, "replace").encode()


def recode(content: bytes, chance: random.Random) -> bytes:
    encoding = chance.choice(["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman", "utf-7", "cp037"])
    return content.decode("utf-8", "replace").encode(encoding, "replace")


def in_gzip_cut(content: bytes, chance: random.Random) -> bytes:
    return cut_anywhere(gzip.compress(content, mtime=0), chance)


def two_in_one(content: bytes, chance: random.Random) -> bytes:
    return content + content


def empty(content: bytes, chance: random.Random) -> bytes:
    return b""


def blank(content: bytes, chance: random.Random) -> bytes:
    return chance.choice([b" ", b"\n", b"\t", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc2\xa0"]) * chance.randrange(
        1, 900
    )


def upper(content: bytes, chance: random.Random) -> bytes:
    return content.decode("utf-8", "replace").upper().encode()


def other_digits(content: bytes, chance: random.Random) -> bytes:
    digits = {str(n): chance.choice(["9" * 40, "٣", "²", "0", "1e999", "-", "3,14,15", "0x1F"]) for n in range(10)}
    return "".join(digits.get(c, c) for c in content.decode("utf-8", "replace")).encode()


SPOILS: tuple[Spoil, ...] = (
    cut_anywhere, without_beginning, flip_bits, random_bytes, noise_inside, drop_pieces, shuffle_lines, repeat_a_line,
    repeat_a_mark, sprinkle_marks, one_line, old_line_breaks, misread, recode, in_gzip_cut, two_in_one, empty, blank,
    upper, other_digits,
)  # fmt: skip


def zip_of(*members: tuple[str, bytes]) -> bytes:
    """A zip archive of some members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


TEXT = "Le bac de Varlenne a repris lundi, a annoncé la mairie. Il transporte 300 passagers."
ROW = {"text": TEXT, "title": "Le bac reprend"}
LAUGHS = b"".join(b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9) if n else b"1") for n in range(30))
"""A document of nine to the thirtieth items, for whoever follows the references of YAML."""
ODD_HEAD = b'{"@type":"NewsArticle","headline":[[]],"datePublished":{},"author":[null,3,{"name":[]}]}'
SPECIALS: dict[str, bytes] = {
    "open_guillemets.txt": "« ".encode() * 20_000,
    "nested_quotes.txt": ("« il a dit “ " * 5_000).encode(),
    "one_word.txt": b"a" * 500_000,
    "digits.txt": b"1" * 300_000,
    "numbers.txt": b"12,5 % de 3 000 " * 5_000,
    "names.txt": "Jean-Pierre de La Tour d’Auvergne ".encode() * 2_000,
    "capitals.txt": "L’ÉTAT, C’EST MOI ".encode() * 3_000,
    "dates.txt": b"le lundi 3 mars 2024 " * 3_000,
    "said.txt": b"a-t-il dit, ajoute-t-elle, selon lui " * 4_000,
    "links.txt": b"http://a.b/c?d=e " * 5_000,
    "signs.txt": ("\N{WOMAN}\N{ZERO WIDTH JOINER}\N{ROCKET}" * 20_000).encode(),
    "bidi.txt": ("\u202e\u2066" + TEXT + "\u2069") .encode() * 500,
    "combining.txt": ("e" + "\u0301" * 5_000).encode() * 10,
    "escapes.txt": b"\x1b]0;owned\x07\x1b[2J" * 2_000 + TEXT.encode(),
    "month13.md": b"---\ndate: 2022-13-40\n---\n" + TEXT.encode(),
    "anchor.md": b"---\na: &a [*a]\n---\n" + TEXT.encode(),
    "laughs.md": b"---\n" + LAUGHS + b"---\n" + TEXT.encode(),
    "brackets.md": b"---\na: " + b"[" * 20_000 + b"\n---\n" + TEXT.encode(),
    "deep.jsonl": b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n" + json.dumps(ROW).encode(),
    "surrogate.jsonl": b'{"text": "\\ud83d ' + TEXT.encode() + b'", "tags": ["\\udc00"], "\\ud800": 1}\n',
    "constants.jsonl": b'{"text": NaN}\n{"text": Infinity}\n{"text": 1e999}\n{"text": null}\n[]\n0\n""\n',
    "twice.jsonl": b'{"text": "a", "text": "b", "TEXT": "c", "Title": {}, "date": [], "url": 3.5}\n',
    "long_number.jsonl": b'{"text": "' + TEXT.encode() + b'", "n": ' + b"9" * 10_000 + b"}\n",
    "separators.jsonl": json.dumps({"text": "ligne\u2028une\u2029deux\x85" + TEXT}, ensure_ascii=False).encode(),
    "not_utf8.jsonl": b'{"text": "\xff\xfe\xe9t\xe9 ' + TEXT.encode() + b'"}\n',
    "bomb.jsonl.gz": gzip.compress(b"[" * 30_000_000, mtime=0),
    "script.html": f"<html><head><title>{TEXT}</title></head><body><script>{TEXT * 50}</script></body></html>".encode(),
    "nested.html": b"<div>" * 30_000 + TEXT.encode(),
    "unclosed.html": b"<p>" + TEXT.encode() + b"<table><tr><td>" * 5_000,
    "entities.html": b"<p>" + b"&amp;" * 30_000 + b"&#x110000;&#0;&nosuch;" + TEXT.encode() + b"</p>",
    "attributes.html": b"<a " + b'x="y" ' * 30_000 + b">" + TEXT.encode() + b"</a>",
    "frames.html": b"<frameset><frame src='a'></frameset>",
    "ld.html": b'<script type="application/ld+json">' + ODD_HEAD + b"</script><p>" + TEXT.encode() * 5,
    "up.zip": zip_of(("../../out.txt", TEXT.encode()), ("/etc/out.txt", TEXT.encode())),
    "zip_in_zip.zip": zip_of(("a.zip", zip_of(("b.zip", zip_of(("c.txt", TEXT.encode()))))),),
    "bomb.zip": zip_of(("a.txt", bytes(30_000_000))),
    "quotes.csv": b'text;titre\n"' + TEXT.encode() + b'""";"a\nb;c\n' * 200,
    "wide.csv": b";".join(b"c%d" % n for n in range(5_000)) + b"\n" + b"x;" * 5_000 + b"\n",
    "same_heads.csv": b"text,text,text\n" + TEXT.encode() + b",b,c\n",
    "null.json": b"null", "number.json": b"3", "open.json": b'[{"text": "' + TEXT.encode(),
    "list_of_lists.json": b"[[[[[]]]]]", "mixed.json": json.dumps([ROW, 3, None, [], {"a": ROW}]).encode(),
}  # fmt: skip


def list_kinds() -> list[str]:
    """Names of all kinds: `sample/way`, or the name of a special file."""
    samples = [p for p in sorted(SAMPLES.iterdir()) if p.is_file() and p.stat().st_size <= LARGEST_SAMPLE]
    return [f"{path.name}/{spoil.__name__}" for path in samples for spoil in SPOILS] + list(SPECIALS)


def make(kind: str, seed: int) -> Odd:
    """The odd file of a kind; its name begins with the seed, so that many of one kind lie side by side."""
    sample, _, way = kind.partition("/")
    if not way:
        return Odd(kind, f"{seed:05}_{kind}", SPECIALS[kind])
    spoil = next(spoil for spoil in SPOILS if spoil.__name__ == way)
    content = spoil((SAMPLES / sample).read_bytes(), random.Random(f"{kind} {seed}"))
    return Odd(kind, f"{seed:05}_{way}_{sample}", content)
