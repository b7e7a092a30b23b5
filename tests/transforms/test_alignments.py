"""Spans of the clean text lead back to the passage as printed."""

import polars as pl

from transforms.alignments import add_raw_offsets

RAW = "xx &Eacute;t&eacute; \n\nou <b>hiver</b>"
CLEAN = "Été ou hiver"

# É | t | é | (space) ou (space) | hiver: empty runs give the exact edge of an entity that no kept character touches.
RUNS = pl.DataFrame(
    {
        "article_id": ["a"] * 5,
        "start": [0, 1, 3, 4, 7],
        "end": [0, 2, 3, 7, 12],
        "raw_start": [3, 11, 20, 23, 29],
        "raw_end": [3, 12, 20, 26, 34],
    }
)


def spans(*pairs: tuple[int, int], article: str = "a") -> pl.DataFrame:
    return pl.DataFrame(
        {"article_id": [article] * len(pairs), "start": [s for s, _ in pairs], "end": [e for _, e in pairs]},
        schema={"article_id": pl.String, "start": pl.Int64, "end": pl.Int64},
    )


def passages(frame: pl.DataFrame) -> list[str]:
    return [RAW[s:e] for s, e in frame.select("raw_start", "raw_end").iter_rows()]


def test_kept_characters_map_one_to_one():
    found = add_raw_offsets(spans((7, 12), (8, 10)), RUNS)
    assert passages(found) == ["hiver", "iv"]


def test_a_repaired_character_maps_to_all_it_was_made_from():
    found = add_raw_offsets(spans((0, 1), (0, 3), (1, 3), (2, 3)), RUNS)
    assert passages(found) == ["&Eacute;", "&Eacute;t&eacute;", "t&eacute;", "&eacute;"]


def test_a_span_over_several_runs_covers_what_lies_between():
    assert passages(add_raw_offsets(spans((0, 12)), RUNS)) == [RAW[3:34]]


def test_rows_keep_their_order_and_columns():
    given = spans((7, 12), (0, 1), (4, 6)).with_columns(label=pl.Series(["c", "a", "b"]))
    found = add_raw_offsets(given, RUNS.reverse())
    assert found["label"].to_list() == ["c", "a", "b"]
    assert passages(found) == ["hiver", "&Eacute;", "ou"]


def test_articles_do_not_mix_and_an_unknown_article_is_null():
    other = RUNS.head(1).with_columns(article_id=pl.lit("b"), end=pl.lit(9), raw_end=pl.lit(12))
    runs = pl.concat([RUNS, other.cast(dict(RUNS.schema))])
    found = add_raw_offsets(pl.concat([spans((2, 4), article="b"), spans((0, 1), article="zzz")]), runs)
    assert found.rows() == [("b", 2, 4, 5, 7), ("zzz", 0, 1, None, None)]


def test_no_spans_give_no_rows():
    assert add_raw_offsets(spans(), RUNS).schema["raw_end"] == pl.Int64
