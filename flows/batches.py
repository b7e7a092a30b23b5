"""A batch of records, from raw to parquet: what a worker process does (flows/workers.py)."""

import json
import shutil
from pathlib import Path
from typing import Any

import polars as pl

from flows.inbox import PAYLOAD_BYTES
from flows.models import load_models
from flows.proving import check_batch
from flows.recurrence import HASHES, keep_line_hashes
from flows.staging import write_outcome
from flows.validation import REJECTS, validate
from transforms.documents import Decoded, decode_page, identify, make_record
from transforms.given_titles import put_title_first
from transforms.pages.texts import read_page
from transforms.pipeline import Frames, process_documents
from transforms.records import RECORDS, is_blank

PROOF = "La mairie de Valbourg a ouvert lundi un second bac. Il transporte 120 passagers par heure."


def process_rows(batch: Path, rows: tuple[int, int], out: Path, engine_name: str) -> None:
    """Process some of the records of a batch and write a parquet file a table.

    In:  a parquet file of transforms.records.RECORDS; the first of its rows and the one behind the last.
    Out: the folder `out`.
    """
    records = read_rows(batch, rows)
    documents, blank = extract_pages(records.drop(HASHES.names()))
    processed, unsound = validate(process_documents(documents, *load_models(engine_name)))
    unsound = keep_lost_records(unsound, records, processed.documents)
    line_hashes = keep_line_hashes(records, processed.documents)
    frames, broken = check_batch(processed, line_hashes)
    write_frames(frames, line_hashes, pl.concat([blank, unsound, broken]), Path(out))


def keep_lost_records(unsound: pl.DataFrame, records: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Rejects of broken rows; those for which a whole record is lost keep the record in place of the row."""
    lost = records.join(unsound, on="document_id", how="semi").join(held, on="document_id", how="anti")
    kept = {row["document_id"]: bytes_to_keep(row) for row in lost.iter_rows(named=True)}
    payload = [kept.get(key, row) for key, row in unsound.select("document_id", "payload").iter_rows()]
    return unsound.with_columns(payload=pl.Series(payload, dtype=pl.Binary))


def set_aside(batch: Path, row: int, out: Path, *, reason: str, detail: str | None, engine_name: str) -> None:
    """Write the frames of one record that cannot be processed: no rows but its reject."""
    records = read_rows(batch, (row, row + 1))
    nothing, _ = validate(process_documents(records.drop(HASHES.names()).clear(), *load_models(engine_name)))
    no_hashes = keep_line_hashes(records.clear(), nothing.documents)
    write_frames(nothing, no_hashes, describe_fault(records, reason, detail), Path(out))


def join_parts(parts: list[Path], out: Path, engine_name: str) -> None:
    """Put the frames of the parts of a batch together, in their order, as one folder; the parts go."""
    tables = {
        table: pl.concat([pl.read_parquet(Path(part) / f"{table}.parquet") for part in parts])
        for table in (*Frames._fields, "line_hashes", "rejects")
    }
    rejects, line_hashes = tables.pop("rejects"), tables.pop("line_hashes")
    frames = Frames(**tables)
    write_frames(frames._replace(stems=frames.stems.unique("word")), line_hashes, rejects, Path(out))
    for part in parts:
        shutil.rmtree(part, ignore_errors=True)


def prove(engine_name: str) -> None:
    """Process a text without anything odd; what it throws is a fault of ours."""
    records = pl.DataFrame([make_record("proof", None, b"", Decoded(PROOF, "utf-8"), {})], schema=RECORDS)
    as_planned = records.with_columns(repeated_lines=pl.lit([], pl.List(pl.Int64)), processed_by=pl.lit("proof"))
    validate(process_documents(as_planned, *load_models(engine_name)))


def read_rows(batch: Path, rows: tuple[int, int]) -> pl.DataFrame:
    """Some of the records of a batch."""
    start, stop = rows
    return pl.read_parquet(batch).slice(start, stop - start)


def write_frames(frames: Frames, line_hashes: pl.DataFrame, rejects: pl.DataFrame, out: Path) -> None:
    """Write the frames of every table, and REJECTS, a file each, as the folder `out`."""
    write_outcome(out, {**frames._asdict(), "line_hashes": line_hashes, "rejects": rejects})


def describe_fault(records: pl.DataFrame, reason: str, detail: str | None) -> pl.DataFrame:
    """Records that cannot be processed, as REJECTS."""
    return records.select(
        "source_path",
        "record",
        stage=pl.lit("process"),
        reason=pl.lit(reason),
        detail=pl.lit(detail, pl.String),
        payload=pl.Series(list(map(bytes_to_keep, records.iter_rows(named=True))), dtype=pl.Binary),
        document_id="document_id",
    )


def bytes_to_keep(record: dict[str, Any]) -> bytes:
    """What is kept of a record that is set aside, so that it can be read again by itself.

    Out: its bytes where it is alone in its file, a JSON object or a page; else its text and what is given beside it, as
    such an object.
    """
    raw: bytes = record["raw"]
    is_alone = record["record"] is None or record["text"] is None or raw.startswith(b"{")
    return (raw if is_alone else as_json_row(record))[:PAYLOAD_BYTES]


def as_json_row(record: dict[str, Any]) -> bytes:
    """A record as a JSON object of its columns. Read again it has the id that it had: its text is without a title that
    was put above it."""
    given = json.loads(record["given"] or "{}")
    text = record["text"]
    plain = text.partition("\n\n")[2]
    if identify(plain, given) == record["document_id"]:
        text = plain
    return json.dumps({**given, "text": text}, ensure_ascii=False).encode()


def extract_pages(records: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Fill in the text of web pages, what they declare and what their tags say; set aside those without any text.

    Out: the records with something to read, and REJECTS for the others.
    """
    pages = records.filter(pl.col("text").is_null())
    if pages.is_empty():
        return records, pl.DataFrame(schema=REJECTS)
    filled = records.join(_read_pages(pages), on="document_id", how="left", maintain_order="left").with_columns(
        text=pl.coalesce("text", "page_text", pl.lit("")),
        given=pl.coalesce("page_given", "given"),
        line_kinds=pl.coalesce("page_kinds", "line_kinds"),
    )
    empty = is_blank(pl.col("text"))
    rejects = filled.filter(empty).select(
        "source_path",
        "record",
        stage=pl.lit("read"),
        reason=pl.lit("no text in the page"),
        detail=pl.lit(None, pl.String),
        payload=pl.col("raw").bin.slice(0, PAYLOAD_BYTES),
        document_id="document_id",
    )
    return filled.filter(~empty).drop("page_text", "page_given", "page_kinds"), rejects


def _read_pages(pages: pl.DataFrame) -> pl.DataFrame:
    """document_id, page_text, page_given (JSON; what the reader gave stands before what the page says), page_kinds."""
    rows = []
    for key, raw, encoding, given in pages.select("document_id", "raw", "encoding", "given").iter_rows():
        page = read_page(decode_page(raw, encoding))
        told = {**page.given, **json.loads(given or "{}")}
        text = put_title_first(page.text, told)
        kinds = ["title", ""] * (text != page.text) + page.line_kinds
        rows.append((key, text, json.dumps(told, ensure_ascii=False) if told else None, kinds))
    schema = {"document_id": pl.String, "page_text": pl.String, "page_given": pl.String}
    return pl.DataFrame(rows, schema={**schema, "page_kinds": pl.List(pl.String)}, orient="row")
