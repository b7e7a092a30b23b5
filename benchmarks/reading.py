"""How fast files are read, and in how much memory: 100,000 invented articles of each format, one process each.

    python benchmarks/reading.py [FORMAT ...]

Prints for each format the articles read, megabytes of text (expanded) per second of processor time, and the peak of
memory of the reading process. Files are made in a temporary folder and removed.
"""

import csv
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flows.inbox import Fault, list_files
from flows.readers import read_records

COUNT = 100_000
SENTENCES = (
    "Le bac de Vautrée a repris lundi ses traversées, après trois semaines de travaux sur l’embarcadère nord.",
    "« Nous n’avions pas le choix », a expliqué la présidente du syndicat, devant une trentaine d’usagers.",
    "Le chantier a coûté 84 000 euros ; la commune et le département en paient chacun la moitié.",
    "Les horaires d’été commenceront le 1er juin, avec un départ toutes les vingt minutes jusqu’à 21 h 30.",
)


def articles() -> Iterator[dict[str, str]]:
    """Articles of about 3,000 characters, as long as those of a regional daily."""
    for n in range(COUNT):
        text = "\n\n".join(f"{SENTENCES[(n + k) % 4]} {SENTENCES[(n + k + 1) % 4]} ({n}.{k})" for k in range(14))
        yield {
            "titre": f"Le bac de Vautrée repart pour la {n}e fois",
            "date": f"{n % 28 + 1:02}/{n % 12 + 1:02}/{1990 + n % 35}",
            "journal": "L’Éveil de Corbéron",
            "auteur": "Odile Brassac",
            "texte": text,
        }


def write_csv(path: Path) -> None:
    """A table with semicolons, in UTF-8."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        rows = articles()
        first = next(rows)
        writer = csv.DictWriter(stream, list(first), delimiter=";")
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)


def write_json_lines(path: Path) -> None:
    """Lines of JSON, gzipped."""
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as stream:
        for row in articles():
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_json(path: Path) -> None:
    """A list of objects."""
    with path.open("w", encoding="utf-8") as stream:
        for n, row in enumerate(articles()):
            stream.write(("," if n else "[") + json.dumps(row, ensure_ascii=False))
        stream.write("]")


def write_europresse(path: Path) -> None:
    """A page of articles as Europresse saves them; none so long exists, but many of a thousand."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write("<!DOCTYPE html><html><head></head><body>")
        for n, row in enumerate(articles()):
            paragraphs = "".join(f"<p>{line}</p>" for line in row["texte"].split("\n\n"))
            stream.write(
                f'<article><header><span class="DocPublicationName">{row["journal"]}</span><span class="DocHeader">Vie '
                f'locale, {n % 28 + 1} mars 2021, p. 3</span><div class="titreArticle"><p class="titreArticleVisu">'
                f'{row["titre"]}</p></div><div class="docAuthors">{row["auteur"]}</div></header><section>'
                f'<div class="docOcurrContainer">{paragraphs}</div></section></article>'
            )
        stream.write("</body></html>")


def write_warc(path: Path) -> None:
    """Pages with a head and furniture, as a crawler stores them, each its own gzip member."""
    with path.open("wb") as stream:
        for n, row in enumerate(articles()):
            paragraphs = "".join(f"<p>{line}</p>" for line in row["texte"].split("\n\n"))
            head = f"<title>{row['titre']} | {row['journal']}</title><meta name='author' content='{row['auteur']}'>"
            page = f"<html><head>{head}</head><body><h1>{row['titre']}</h1>{paragraphs}</body></html>".encode()
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            header = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{n}>\r\nWARC-Target-URI: "
                f"https://www.eveil.example/{n}\r\nWARC-Date: 2024-05-05T00:00:00Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            )
            stream.write(gzip.compress(header.encode() + http + b"\r\n\r\n", compresslevel=1))


def write_zip(path: Path) -> None:
    """A text a member."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for n, row in enumerate(articles()):
            archive.writestr(f"{n // 1000:03}/{n:06}.txt", f"{row['titre']}\n\n{row['texte']}")


FORMATS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "csv": ("a.csv", write_csv),
    "jsonl.gz": ("a.jsonl.gz", write_json_lines),
    "json": ("a.json", write_json),
    "europresse": ("a.html", write_europresse),
    "warc": ("a.warc.gz", write_warc),
    "zip": ("a.zip", write_zip),
}
"""The name of a file, and what writes it."""


def read(folder: str) -> dict[str, Any]:
    """Read a folder as a run does, and say what it took; to be called in a process of its own."""
    start = time.process_time()
    count = characters = 0
    for file in list_files(Path(folder)):
        for item in [file] if isinstance(file, Fault) else read_records(file):
            if isinstance(item, Fault):
                raise SystemExit(f"{item}"[:500])
            count += 1
            characters += len(item["raw"])
    taken = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"articles": count, "MB": characters / 1e6, "seconds": taken, "peak_MB": peak}


def main() -> None:
    """Measure the formats named, or all."""
    if sys.argv[1:2] == ["--read"]:
        print(json.dumps(read(sys.argv[2])))
        return
    for name in sys.argv[1:] or FORMATS:
        file, write = FORMATS[name]
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder, file))
            command = [sys.executable, __file__, "--read", folder]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        speed = found["MB"] / found["seconds"]
        print(
            f"{name}: {found['articles']:,} articles, {found['MB']:.0f} MB, {speed:.0f} MB a processor-second, "
            f"peak {found['peak_MB']:.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
