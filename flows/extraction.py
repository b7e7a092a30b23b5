"""`marbre extract`: texts on standard input, a JSON line each on standard output; no warehouse, no Prefect."""

import itertools
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, BinaryIO, TextIO

import polars as pl

from flows.engines import load_engine
from transforms.documents import NotText, decode
from transforms.engine import Engine
from transforms.entities import link_names
from transforms.pipeline import Extracted, extract

TEXTS_AT_A_TIME = 256
ONE_FOR_ONE = str.maketrans({"'": "\u2019", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " "})
"""What the rules expect of a clean text, character for character, so that offsets stay those of the text given."""
ARTICLES = pl.Schema(
    [("article_id", pl.String), ("published_at", pl.Datetime("us")), ("site", pl.String), ("url", pl.String)]
)
PARAGRAPHS = pl.Schema(
    {
        "article_id": pl.String,
        "paragraph_index": pl.Int64,
        "role": pl.String,
        "start": pl.Int64,
        "end": pl.Int64,
        "text": pl.String,
    }
)
SHOWN = {
    "mentions": ["start", "end", "text", "entity_type", "name", "country_code", "geoname_id", "entity_id", "link_rule"],
    "figures": [
        "start", "end", "text", "kind", "value", "value_high", "modifier", "unit", "noun", "iso",
        "resolved_start", "resolved_end", "resolved_rule", "equivalent_of_start",
    ],
    "time_expressions": ["start", "end", "text", "unit", "anchor", "resolved_start", "resolved_end", "resolved_rule"],
    "quotations": ["start", "end", "text", "kind", "speaker", "speaker_text", "speaker_rule", "verb"],
    "person_roles": ["start", "end", "role", "person", "age", "organisation", "country_code"],
}  # fmt: skip
Item = dict[str, Any]


def extract_stream(source: BinaryIO, target: TextIO, engine_name: str) -> list[str]:
    """Read texts, write what they hold.

    In:  JSON lines {"id", "text", "published_at"?} where the first line is a JSON object, else one plain text.
    Out: a JSON line each, in the same order, with the keys of SHOWN; {"id", "error"} for a line that cannot be read.
         Of a role: person and organisation by their names, age in years, country_code (ISO 3166-1 alpha-2); null
         where the text tells none. Returns what was wrong.
    """
    engine, faults = None, []
    for items in _chunks(read_items(source)):
        if engine is None:
            engine = load_engine(engine_name)
        results = iter(extract_items([item for item in items if "error" not in item], engine))
        for item in items:
            if "error" in item:
                faults.append(f"line {item.pop('line')}: {item['error']}")
            line = item if "error" in item else next(results)
            target.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
    return faults


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while chunk := list(itertools.islice(iterator, TEXTS_AT_A_TIME)):
        yield chunk


def read_items(source: BinaryIO) -> Iterator[Item]:
    """The texts of a stream: id, text, published_at; or id, line, error."""
    lines = enumerate(source, 1)
    first = next(((number, line) for number, line in lines if line.strip()), None)
    if first is None:
        return
    if not isinstance(_parse(first[1]), dict):
        rest = b"".join(line for _, line in lines)
        try:
            yield {"id": None, "text": decode(first[1] + rest).text, "published_at": None}
        except NotText as error:
            yield {"id": None, "line": first[0], "error": str(error)}
        return
    for number, line in itertools.chain([first], lines):
        if line.strip():
            yield _item(number, _parse(line))


def _parse(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _item(number: int, row: Any) -> Item:
    if not isinstance(row, dict):
        return {"id": None, "line": number, "error": "not a JSON object"}
    if not isinstance(row.get("text"), str):
        return {"id": row.get("id"), "line": number, "error": "no string in `text`"}
    text = row["text"].encode("utf-8", "replace").decode()
    try:
        published = _read_date(row.get("published_at"))
    except (TypeError, ValueError):
        return {"id": row.get("id"), "line": number, "error": "published_at is no ISO date"}
    return {"id": row.get("id"), "text": text, "published_at": published}


def _read_date(value: Any) -> datetime | None:
    if value in (None, ""):
        return None
    moment = datetime.fromisoformat(value)
    return moment.replace(tzinfo=None)


def extract_items(items: list[Item], engine: Engine) -> list[Item]:
    """Extract from texts taken as they are: no cleaning, every line a paragraph, offsets in the text given."""
    articles = pl.DataFrame(
        [(str(n), item["published_at"], None, None) for n, item in enumerate(items)], schema=ARTICLES, orient="row"
    )
    paragraphs = pl.DataFrame(
        [row for n, item in enumerate(items) for row in _paragraphs(str(n), item["text"])],
        schema=PARAGRAPHS,
        orient="row",
    )
    rows = _rows(extract(paragraphs, articles, engine))
    return [
        {"id": item["id"], **{name: _as_printed(rows[name].get(str(n), []), item["text"]) for name in SHOWN}}
        for n, item in enumerate(items)
    ]


def _paragraphs(key: str, text: str) -> Iterator[tuple[str, int, str, int, int, str]]:
    start = 0
    for number, line in enumerate(text.translate(ONE_FOR_ONE).split("\n")):
        if line.strip():
            yield key, number, "body", start, start + len(line), line
        start += len(line) + 1


def _rows(found: Extracted) -> dict[str, dict[str, list[Item]]]:
    """The rows of each kind by text, with names of entities in place of ids of mentions."""
    names = found.mentions.group_by("entity_type", "name").agg(article_count=pl.col("article_id").n_unique())
    mentions = found.mentions.join(link_names(names), on=["entity_type", "name"], how="left").with_columns(
        name="entity_name"
    )
    who = mentions.select("mention_id", entity_name="name")
    frames = {
        "mentions": mentions,
        "figures": found.figures,
        "time_expressions": found.time_expressions,
        "quotations": found.quotations.join(
            who.rename({"mention_id": "speaker_mention_id", "entity_name": "speaker"}),
            on="speaker_mention_id",
            how="left",
        ),
        "person_roles": found.person_roles.join(
            who.rename({"entity_name": "person"}), on="mention_id", how="left"
        ).join(
            who.rename({"mention_id": "organisation_mention_id", "entity_name": "organisation"}),
            on="organisation_mention_id",
            how="left",
        ),
    }
    return {
        name: {
            str(key[0]): rows.sort("start").select(SHOWN[name]).to_dicts()
            for key, rows in frame.group_by("article_id", maintain_order=True)
        }
        for name, frame in frames.items()
    }


def _as_printed(rows: list[Item], text: str) -> list[Item]:
    """Rows with the characters of the text given, where apostrophes or spaces were read as others."""
    return [{**row, **{key: text[row["start"] : row["end"]] for key in ("text", "role") if key in row}} for row in rows]
