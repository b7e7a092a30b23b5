"""The one committer: staged batches into the warehouse, links, copies and checks, in one transaction."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from flows import staging
from flows.corrections import Corrections
from flows.forgotten import withhold_names
from flows.planning import Plan
from flows.progress import Begun, Phase, report
from flows.proving import describe_broken
from flows.run_warnings import save_warnings
from flows.validation import REJECTS
from transforms.duplicates import (
    FREQUENT,
    HUBS,
    choose_representatives,
    find_candidates,
    measure_pairs,
    orient_pairs,
    shingle_articles,
)
from transforms.entities import apply_aliases, link_key, link_names
from transforms.stories import retell_stories
from transforms.tokens import list_stems
from warehouse import journal, load
from warehouse.checking import check_rows
from warehouse.publish import working_copy
from warehouse.sql import run_sql

FEW_AROUND = 500
"""Articles about the same days up to which all their stories are told anew: each new one moves the weights of names and
words by a little. Among more of them only the stories that a new article may join are, at half the cost for 2,066."""


class AccountsDiffer(RuntimeError):
    """Records went missing between found and loaded; nothing was published."""


class Outcome(NamedTuple):
    """What a run came to, in records but for `articles`, and the rows that broke a promise, as REJECTS."""

    loaded: int
    articles: int
    rejected: int
    broken: pl.DataFrame


def commit_run(
    target: Path,
    plan: Plan,
    folders: list[Path],
    by_hand: Corrections,
    run: dict[str, Any],
    *,
    prune: bool = False,
    keep: int = 0,
) -> Outcome:
    """Load the batches of a run and publish the warehouse.

    In:  the plan, the folders that its batches were processed to, what people corrected, and the run's row without
         its counts; whether what is not current is to be dropped; how many generations to keep.
    Errors: AccountsDiffer, where a record is neither loaded nor set aside; WarehouseTorn; OSError: then nothing is
            published.
    """
    entries = journal.read(target)
    with working_copy(target, documents=plan.new + len(plan.revised), keep=keep) as con:
        journal.absorb(con, entries)
        load.stage(con, folders)
        withhold_names(con)
        load.note_changes(con, *plan.changes)
        load.withdraw(con)
        load.forget_staged(con)
        load.load_plain_tables(con)
        restore_returned(con)
        lost_corrections = relate(con, by_hand)
        report(Begun(Phase.check))
        broken = describe_broken(check_rows(con, "checks/commit"))
        lost = load.fetch(con, "ingest/staged_rejects").cast(dict(REJECTS))  # type: ignore[arg-type]
        told = [plan.rejects, lost, by_hand.rejects, describe_lost(lost_corrections), broken]
        load.drop_rejects(con, plan.retried)
        load.save_rejects(con, pl.concat(told), run["run_id"])
        load.save_sightings(con, plan.sightings, run["run_id"])
        load.save_files(con, plan.files, plan.gone_files, plan.sightings, run["run_id"])
        if prune:
            run_sql(con, "ingest/past_documents")
            drop_documents(con)
        load.load_lexicons(con)
        outcome = count_outcome(con, plan, pl.concat([lost.filter(pl.col("stage") == "check"), broken]))
        load.save_run(con, run | end_run(plan, outcome))
        save_warnings(con, run["run_id"])
        staging.announce_commit(staging.staging_of(target), run["run_id"])
        report(Begun(Phase.publish))
    journal.clear(target)
    return outcome


def record_unchanged_run(target: Path, plan: Plan, run: dict[str, Any]) -> dict[str, Any]:
    """Write the row of a run that found nothing new into the journal; nothing is published. Out: the row."""
    row = run | end_run(plan, Outcome(0, 0, plan.rejected, pl.DataFrame()))
    journal.append(target, journal.Entry(row, plan.inbox, plan.touched))
    return row


def relate(con: duckdb.DuckDBPyConnection, by_hand: Corrections) -> pl.DataFrame:
    """Bring what concerns several articles up to date with those that came and left: links, copies, stories.

    Out: the corrections by hand that concern no row, or name no entity.
    """
    report(Begun(Phase.link))
    load.load_linked_tables(con, link_touched_names(con, by_hand.aliases))
    lost_corrections = load.apply_corrections(con, by_hand.corrections)
    report(Begun(Phase.compare))
    save_copies(con)
    save_stories(con)
    return lost_corrections


def drop_documents(con: duckdb.DuckDBPyConnection) -> None:
    """Drop the documents in dropped_documents, none of them current, and what nothing else uses any more."""
    load.delete_documents(con, "dropped_documents")
    load.drop_unused(con, list_stems(load.fetch(con, "ingest/words_left")))


def restore_returned(con: duckdb.DuckDBPyConnection) -> None:
    """Take up again what was made of texts that are here again: nothing of it is processed but their shingles."""
    load.restore(con)
    con.register("cut_shingles", shingle_articles(load.fetch(con, "ingest/returned_texts")))
    con.execute("insert into shingles by name from cut_shingles")
    con.unregister("cut_shingles")


def link_touched_names(con: duckdb.DuckDBPyConnection, aliases: pl.DataFrame) -> pl.DataFrame:
    """Say what each name stands for, of the names that articles which come or go use, and those that share a key.

    Where aliases.csv has changed, all names are looked at again.
    """
    is_changed = not load.is_table(con, "aliases", aliases)
    load.replace_table(con, "aliases", aliases)
    key = link_key(pl.col("name"), pl.col("entity_type"))
    new_names = load.fetch(con, "ingest/arriving_names").with_columns(link_key=key)
    con.register("new_names", new_names)
    names = load.fetch(con, "ingest/all_names" if is_changed else "ingest/touched_names")
    con.unregister("new_names")
    links = apply_aliases(link_names(names.select("entity_type", "name", "article_count")), aliases)
    return names.join(links, on=["entity_type", "name"], how="left")


def save_copies(con: duckdb.DuckDBPyConnection) -> None:
    """Find the copies among the new articles and all earlier ones, and choose who stands for each group."""
    limits = {"frequent": FREQUENT, "hubs": HUBS}
    run_sql(con, "ingest/asking_articles", **limits)
    held = load.fetch(con, "ingest/related_shingles", **limits)
    candidates = find_candidates(con.table("asking_articles").pl(), held)
    new_pairs = measure_pairs(candidates, fetch_articles(con, candidates, "ingest/candidate_texts"))
    con.register("new_pairs", new_pairs)
    run_sql(con, "ingest/touched_copies")
    pairs = load.fetch(con, "ingest/touched_pairs")
    con.unregister("new_pairs")
    articles = fetch_articles(con, pairs, "ingest/copy_candidates")
    load.save_duplicates(con, orient_pairs(pairs, articles), choose_representatives(pairs, articles))


def save_stories(con: duckdb.DuckDBPyConnection) -> None:
    """Find the events that new articles tell, among themselves and with those published about the same days."""
    run_sql(con, "ingest/story_articles", few=FEW_AROUND)
    articles = con.table("story_articles").pl()
    stories = retell_stories(
        articles,
        load.fetch(con, "ingest/story_mentions"),
        articles.select("article_id", "duplicate_of"),
        articles.filter("is_asking").select("article_id"),
        articles.select("article_id", "story_id").drop_nulls(),
    )
    load.save_stories(con, stories)


def fetch_articles(con: duckdb.DuckDBPyConnection, pairs: pl.DataFrame, name: str) -> pl.DataFrame:
    """Run a query over the articles named in the first two columns of `pairs`."""
    both = pl.concat([pairs.to_series(0), pairs.to_series(1)]).unique()
    con.register("candidate_articles", pl.DataFrame({"article_id": both}))
    found = load.fetch(con, name)
    con.unregister("candidate_articles")
    return found


def describe_lost(corrections: pl.DataFrame) -> pl.DataFrame:
    """Corrections that concern no row or name no entity, as rejects."""
    return corrections.select(
        source_path=pl.lit("corrections.csv"),
        record=pl.lit(None, pl.Int64),
        stage=pl.lit("read"),
        reason=pl.lit("correction concerns no row, or names no entity"),
        detail=pl.format("{} of {} at {}: {}", "corrected", "article_id", pl.col("start").fill_null(-1), "value"),
        payload=pl.lit(None, pl.Binary),
        document_id=pl.lit(None, pl.String),
    )


def count_outcome(con: duckdb.DuckDBPyConnection, plan: Plan, broken: pl.DataFrame) -> Outcome:
    """Count what was loaded; every record that was not must have said why. Earlier documents revised do not count."""
    con.register("revised", pl.DataFrame({"document_id": plan.revised}, schema={"document_id": pl.String}))
    counts = load.fetch(con, "ingest/count_loaded").row(0, named=True)
    con.unregister("revised")
    if counts["loaded"] + counts["told"] != plan.new:
        raise AccountsDiffer(
            f"{plan.new} new records, {counts['loaded']} loaded and {counts['told']} set aside: the sums differ. "
            "Nothing was published; this is a fault of Marbre, please report it"
        )
    return Outcome(counts["loaded"], counts["articles"], plan.rejected + counts["told"], broken)


def end_run(plan: Plan, outcome: Outcome) -> dict[str, Any]:
    """What a run's row says at its end: the time, the counts, and what they come to."""
    held = outcome.loaded + plan.unchanged
    is_published = outcome.loaded or plan.changes.is_any
    status = "published" if is_published else "unchanged" if held or not plan.found else "failed"
    return {
        "ended_at": datetime.now(UTC).replace(tzinfo=None),
        "status": status,
        "found": plan.found,
        "loaded": outcome.loaded,
        "unchanged": plan.unchanged,
        "repeated": plan.repeated,
        "rejected": outcome.rejected,
        "articles": outcome.articles,
    }
