"""Texts that stop a worker, for tests: a module named sitecustomize, which each Python process imports by itself.

In a worker, process_documents meets a text that holds one of the words below, and does what no text should make it do.
"""

import importlib.util
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

ENDLESS, DEADLY, ODD, FULL = "Interminable", "Mortelle", "Bizarre", "Remplie"


class FaultsInBatches:
    """Finds flows.batches as ever, and puts the faults into it."""

    @classmethod
    def find_spec(cls, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != "flows.batches":
            return None
        sys.meta_path.remove(cls)
        spec = importlib.util.find_spec(name)
        assert spec
        assert spec.loader
        execute = spec.loader.exec_module

        def execute_with_faults(module: ModuleType) -> None:
            execute(module)
            process = module.process_documents
            module.process_documents = lambda documents, *rest: stumble(documents) or process(documents, *rest)

        spec.loader.exec_module = execute_with_faults
        return spec


def stumble(documents) -> None:
    """Do what the words in the texts say."""
    import os
    import re
    import signal

    texts = " ".join(documents["text"])
    if ODD in texts:
        raise ZeroDivisionError("an odd text")
    if FULL in texts:
        documents.write_parquet("/dev/full")
    if DEADLY in texts:
        os.kill(os.getpid(), signal.SIGKILL)
    if ENDLESS in texts:
        re.match(r"(a+)+$", "a" * 60 + "b")  # for ages, in C, with the interpreter's lock


if __name__ == "sitecustomize":
    sys.meta_path.insert(0, FaultsInBatches)
