"""One batch of records, from raw to parquet: the work of one Prefect task, and of one worker process."""

import json
import multiprocessing
import os
import shutil
import threading
import traceback
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NoReturn

import polars as pl

from flows.engines import load_engine
from flows.inbox import PAYLOAD_BYTES
from flows.languages import load_language_detector
from flows.validation import REJECTS, validate
from transforms.documents import decode_page
from transforms.engine import Engine
from transforms.given_titles import put_title_first
from transforms.layout.languages import DetectLanguages
from transforms.pages.texts import read_page
from transforms.pipeline import Frames, process_documents
from transforms.records import is_blank

MOST_FAULTS = 3
"""Documents of a batch that may stumble over a fault of ours; with more of them it is no odd text but broken code."""


@cache
def end_with_parent() -> None:
    """In a worker process: end at once when the run that started it is killed.

    An orphan would keep its memory for good, and write into the batches of the next run.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive_no_longer_than, args=(parent,), daemon=True).start()


def _outlive_no_longer_than(parent: BaseProcess) -> NoReturn:
    parent.join()
    os._exit(1)


@cache
def load_models(engine_name: str) -> tuple[Engine, DetectLanguages]:
    """The models of a process, loaded once: a load takes seconds and 400 MB."""
    return load_engine(engine_name), load_language_detector()


def process_batch(batch: Path, out: Path, engine_name: str) -> Path:
    """Process one batch of records and write a parquet file a table.

    In:  a parquet file of transforms.records.RECORDS.
    Out: the folder `out`, made in one step when all is written, so that a killed batch leaves nothing behind; a
    batch that is there already is not done again.
    """
    if out.exists():
        return out
    documents, blank = extract_pages(pl.read_parquet(batch))
    frames, broken = process_soundly(documents, *load_models(engine_name))
    unfinished = out.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for table, frame in {**frames._asdict(), "rejects": pl.concat([blank, broken])}.items():
        frame.write_parquet(unfinished / f"{table}.parquet", compression="lz4")
    os.replace(unfinished, out)
    return out


def process_soundly(
    documents: pl.DataFrame, engine: Engine, detect_languages: DetectLanguages, faults_left: int = MOST_FAULTS
) -> tuple[Frames, pl.DataFrame]:
    """Process and validate documents; where a fault of ours stops it, find the document that it stumbles over.

    Out: the frames of all others, and REJECTS. A batch is halved until the fault stands alone: a text that no rule
    foresaw costs only itself.
    Errors: the fault, where more than MOST_FAULTS documents meet it.
    """
    try:
        return validate(process_documents(documents, engine, detect_languages))
    except Exception as error:
        if documents.height <= 1:
            if not faults_left:
                raise
            nothing = process_documents(documents.clear(), engine, detect_languages)
            return validate(nothing)[0], describe_fault(documents, error)
    half = documents.height // 2
    first, first_rejects = process_soundly(documents[:half], engine, detect_languages, faults_left)
    faults_left -= first_rejects.filter(pl.col("stage") == "process").height
    second, second_rejects = process_soundly(documents[half:], engine, detect_languages, faults_left)
    frames = Frames(*(pl.concat(pair) for pair in zip(first, second, strict=True)))
    return frames._replace(stems=frames.stems.unique("word")), pl.concat([first_rejects, second_rejects])


def describe_fault(documents: pl.DataFrame, error: Exception) -> pl.DataFrame:
    """The document that we cannot process, as REJECTS, with where in our code it failed."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    detail = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}: {str(error).splitlines()[:1]}"
    return documents.select(
        "source_path",
        "record",
        stage=pl.lit("process"),
        reason=pl.lit("a fault of Marbre; please report it"),
        detail=pl.lit(detail[:300]),
        payload=pl.col("raw").bin.slice(0, PAYLOAD_BYTES),
        document_id="document_id",
    )


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
        payload=pl.lit(None, pl.Binary),
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
