"""The models of a process. Nothing here may use Polars: the process that loads them forks (flows/workers.py)."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import trafilatura  # noqa: F401 - what reads web pages is shared as well

from flows.engines import load_engine
from flows.languages import load_language_detector

if TYPE_CHECKING:
    from transforms.engine import Engine


@cache
def load_models(engine_name: str) -> tuple["Engine", Callable[[list[str]], list[str | None]]]:
    """The entity engine and the language detector, loaded once: a load takes 2 CPU-s and 230 MB.

    Errors: EngineUnknown.
    """
    return load_engine(engine_name), load_language_detector()
