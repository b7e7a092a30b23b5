"""Speed and accuracy of sentences and tokens beside spaCy's blank French pipeline, on the same texts in one run.

    POLARS_MAX_THREADS=1 python benchmarks/tokens.py TEXTS.parquet [--articles 5000] [--treebank FILE.conllu ...]

TEXTS.parquet has a column `text`. A treebank is a CoNLL-U file of Universal Dependencies; a multiword token such as
"du" counts once, as written. For sentences, ten consecutive ones are joined by a space, without those that lack a final
mark.
"""

import argparse
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import spacy

from transforms.sentences import split_sentences
from transforms.tokens import list_stems, split_tokens

FINAL_MARK = re.compile(r"[.!?…][\"»”’')\]\s]*$")
JOINED = 10
Spans = set[tuple[int, int, int]]
Splitter = Callable[[list[str]], Spans]


def read_paragraphs(path: Path, articles: int) -> pl.DataFrame:
    """Paragraphs of the first articles, laid out as articles.text is: U+2019, plain spaces, a blank line between."""
    texts = pl.read_parquet(path, columns=["text"]).head(articles).with_row_index("article_id")
    paragraphs = texts.select(pl.col("article_id").cast(pl.String), pl.col("text").str.split("\n\n")).explode("text")
    clean = pl.col("text").str.replace_all("'", "’", literal=True).str.replace_all(r"\s+", " ").str.strip_chars()
    size = pl.col("text").str.len_chars().cast(pl.Int64) + 2
    return paragraphs.with_columns(clean).with_columns(start=(size.cum_sum() - size).over("article_id"))


def read_treebank(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Sentences of a CoNLL-U file: text, tokens as written."""
    for block in path.read_text("utf-8").strip().split("\n\n"):
        lines = block.splitlines()
        text = next(line.removeprefix("# text = ") for line in lines if line.startswith("# text = "))
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        covered = {
            str(number)
            for first, last in (row[0].split("-") for row in rows if "-" in row[0])
            for number in range(int(first), int(last) + 1)
        }
        yield text, [row[1] for row in rows if row[0] not in covered and "." not in row[0]]


def place_tokens(text: str, tokens: list[str]) -> Iterator[tuple[int, int]]:
    """Places of tokens in their sentence."""
    end = 0
    for token in tokens:
        start = text.index(token, end)
        end = start + len(token)
        yield start, end


def join_sentences(texts: list[str]) -> tuple[list[str], Spans]:
    """Passages of ten sentences that end in a final mark, and the places of the sentences in them."""
    whole = [text.strip() for text in texts if FINAL_MARK.search(text)]
    groups = [whole[i : i + JOINED] for i in range(0, len(whole), JOINED)]
    passages = [" ".join(group) for group in groups]
    places = [place_tokens(passage, group) for passage, group in zip(passages, groups, strict=True)]
    return passages, {(i, start, end) for i, spans in enumerate(places) for start, end in spans}


def lay_out(texts: list[str]) -> pl.DataFrame:
    """Each text as the only paragraph of an article, which is also its only sentence."""
    return pl.DataFrame({"article_id": map(str, range(len(texts))), "sentence_index": 0, "start": 0, "text": texts})


def take_spans(rows: pl.DataFrame) -> Spans:
    """Places by text."""
    return set(rows.select(pl.col("article_id").cast(pl.Int64), "start", "end").rows())


def measure_f1(gold: Spans, found: Spans) -> float:
    """Harmonic mean of precision and recall over exact places."""
    return 2 * len(gold & found) / (len(gold) + len(found))


def print_accuracy(path: Path, splitters: dict[str, tuple[Splitter, Splitter]]) -> None:
    """One line a system: F1 of tokens and of sentences."""
    sentences = list(read_treebank(path))
    texts = [text for text, _ in sentences]
    tokens = {(i, start, end) for i, (text, words) in enumerate(sentences) for start, end in place_tokens(text, words)}
    passages, places = join_sentences(texts)
    for name, (split_words, split_passages) in splitters.items():
        words, parts = measure_f1(tokens, split_words(texts)), measure_f1(places, split_passages(passages))
        print(f"{path.name:24} {name:8} tokens F1 {words:.4f}   sentences F1 {parts:.4f}")


def print_speed(name: str, megabytes: float, work: Callable[[], object]) -> None:
    """Megabytes (UTF-8) a second of processor time."""
    start = time.process_time()
    work()
    print(f"{name:44} {megabytes / (time.process_time() - start):8.2f} MB per CPU-second")


def load_spacy() -> dict[str, Splitter]:
    """spaCy's blank French tokenizer, alone and with its rule-based sentencizer."""
    words, parts = spacy.blank("fr"), spacy.blank("fr")
    parts.add_pipe("sentencizer")

    def split_words(texts: list[str]) -> Spans:
        docs = enumerate(words.pipe(texts))
        return {(i, token.idx, token.idx + len(token)) for i, doc in docs for token in doc if not token.is_space}

    def split_parts(texts: list[str]) -> Spans:
        return {(i, part.start_char, part.end_char) for i, doc in enumerate(parts.pipe(texts)) for part in doc.sents}

    return {"words": split_words, "parts": split_parts}


def compare_speed(paragraphs: pl.DataFrame, rival: dict[str, Splitter]) -> None:
    """Every step here, then the rival's, on the same paragraphs."""
    megabytes = int(paragraphs["text"].str.len_bytes().sum()) / 1e6
    sentences = split_sentences(paragraphs)
    tokens = split_tokens(sentences)
    texts = paragraphs["text"].to_list()
    print(f"{megabytes:.1f} MB, {sentences.height} sentences, {tokens.height} tokens")
    print_speed("marbre: sentences", megabytes, lambda: split_sentences(paragraphs))
    print_speed("marbre: tokens and their stems", megabytes, lambda: split_tokens(sentences))
    print_speed(
        "marbre: sentences, tokens, table of stems",
        megabytes,
        lambda: list_stems(split_tokens(split_sentences(paragraphs))),
    )
    print_speed("spaCy blank fr: tokens", megabytes, lambda: rival["words"](texts))
    print_speed("spaCy blank fr: tokens, sentencizer", megabytes, lambda: rival["parts"](texts))


def main() -> None:
    """Read the arguments, print speed, then accuracy for each treebank."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path, help="a Parquet file with a column text")
    parser.add_argument("--articles", type=int, default=5000, help="how many of its rows to read")
    parser.add_argument("--treebank", type=Path, nargs="*", default=[], help="CoNLL-U files")
    arguments = parser.parse_args()
    rival = load_spacy()
    compare_speed(read_paragraphs(arguments.texts, arguments.articles), rival)
    splitters: dict[str, tuple[Splitter, Splitter]] = {
        "marbre": (
            lambda texts: take_spans(split_tokens(lay_out(texts))),
            lambda texts: take_spans(split_sentences(lay_out(texts))),
        ),
        "spaCy": (rival["words"], rival["parts"]),
    }
    for path in arguments.treebank:
        print_accuracy(path, splitters)


if __name__ == "__main__":
    main()
