"""One batch: a bad row costs only itself, or its record."""

import polars as pl
import pytest

from flows.batches import extract_pages
from flows.models import load_models
from flows.planning import RECORDS
from flows.validation import check_frame, validate
from transforms.documents import Decoded, make_record
from transforms.pipeline import process_documents

TEXTS = [
    "Le bac de Valbourg a rouvert lundi.\n\nIl transporte 120 passagers par heure, a indiqué la mairie.",
    "La digue de Hautecombe a cédé mardi.\n\nElle mesurait douze mètres, selon la préfecture.",
    "Le marché de Brissac a fermé jeudi.\n\nVingt commerçants y vendaient des légumes.",
]


def records(texts: list[str]) -> pl.DataFrame:
    rows = [make_record(f"{n}.txt", None, t.encode(), Decoded(t, "utf-8"), {}) for n, t in enumerate(texts)]
    return pl.DataFrame(rows, schema=RECORDS).with_columns(processed_by=pl.lit("test"))


@pytest.fixture(scope="module")
def models():
    return load_models("spacy:fr_core_news_md")


def test_a_row_that_breaks_its_schema_becomes_a_reject_with_its_reason(models):
    frames = process_documents(records(TEXTS), *models)
    figures = frames.figures.with_columns(
        modifier=pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("vaguely")).otherwise("modifier")
    )
    kept, rejects = validate(frames._replace(figures=figures))
    assert kept.figures.height == frames.figures.height - 1
    assert kept.articles.height == 3
    assert rejects.select("stage", "reason").rows() == [("validate", "row of figures breaks its schema")]
    assert "modifier" in rejects["detail"][0]


def test_a_foreign_paragraph_of_a_french_article_is_kept_but_not_extracted(models):
    english = (
        "The mayor of Brissac, John Holloway, said that the 14 boats of the harbour would stay there until Friday."
    )
    text = f"{TEXTS[0]}\n\n{english}\n\nLe maire de Brissac a confirmé jeudi que les bateaux resteront dans le port."
    frames = process_documents(records([text]), *models)
    assert frames.blocks.filter(pl.col("text") == english).select("role", "language").rows() == [("lead", "en")]
    [article] = frames.articles.select("language", "text").rows()
    assert article[0] == "fr"
    start = article[1].index(english)
    inside = pl.col("start").is_between(start, start + len(english))
    assert frames.sentences.filter(inside).height == 1
    for table in ("mentions", "figures", "quotations", "time_expressions", "person_roles"):
        assert frames._asdict()[table].filter(inside).is_empty(), table
    assert frames.mentions.filter(pl.col("start") > start)["text"].to_list() == ["Brissac"]


def test_a_record_without_a_sound_article_is_set_aside_whole(models):
    frames = process_documents(records(TEXTS), *models)
    first = frames.articles["article_id"][0]
    articles = frames.articles.with_columns(
        published_precision=pl.when(pl.col("article_id") == first)
        .then(pl.lit("second"))
        .otherwise("published_precision")
    )
    kept, rejects = validate(frames._replace(articles=articles))
    assert first not in kept.documents["document_id"].to_list()
    assert first not in kept.tokens["article_id"].to_list()
    assert rejects.height == 1


def test_check_frame_is_silent_on_sound_rows(models):
    frames = process_documents(records(TEXTS), *models)
    for table, frame in frames._asdict().items():
        assert check_frame(frame, table).broken.is_empty(), table


def test_pages_give_their_text_and_what_their_head_says():
    page = (
        "<html><head><title>Le pont</title><meta name='author' content='Inès Corvol'></head><body><article>"
        + "<p>Le pont de Valbourg a rouvert lundi après trois semaines de travaux et deux reports.</p>" * 4
        + "</article></body></html>"
    )
    rows = [
        make_record("a.html", None, page.encode(), Decoded(page, "utf-8"), {}, is_page=True),
        make_record("b.html", None, b"<html></html>", Decoded("<html></html>", "utf-8"), {}, is_page=True),
    ]
    filled, rejects = extract_pages(pl.DataFrame(rows, schema=RECORDS))
    assert "trois semaines de travaux" in filled["text"][0]
    assert '"title": "Le pont"' in filled["given"][0]
    assert rejects.select("source_path", "reason").rows() == [("b.html", "no text in the page")]
