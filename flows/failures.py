"""What ends a command, in one line with an exit status; nothing here is imported before something failed."""

import os
import re
import traceback
from pathlib import Path
from typing import NamedTuple

EXIT_USAGE = 2
EXIT_SERVER = 3
EXIT_FAULT = 4
OUR_FAULTS = ("flows.committing", "flows.isolation")
"""Modules whose errors say that they are faults of Marbre."""
OF_SERVER = ("prefect", "httpx", "httpcore", "websockets", "anyio")


class Failure(NamedTuple):
    """The line for the user and the exit status."""

    line: str
    status: int


def explain(error: Exception, warehouse: Path) -> Failure:
    """Say what went wrong and what to do.

    The published warehouse is as it was; or, where the server was lost when all was done, as the run made it.
    """
    if is_ours(error):
        return Failure(str(error), EXIT_FAULT if type(error).__module__ in OUR_FAULTS else EXIT_USAGE)
    if is_of_server(error):
        return Failure(f"Prefect: {first_line(error)}; {warehouse} is sound, run again", EXIT_SERVER)
    if find_errno(error) or type(error).__module__.partition(".")[0] in ("duckdb", "_duckdb"):
        return Failure(explain_file(error, warehouse), EXIT_USAGE)
    return Failure(f"a fault of Marbre: {describe(error)}; please report it. {warehouse} is as it was", EXIT_FAULT)


def explain_file(error: Exception, warehouse: Path) -> str:
    """What is wrong with a file."""
    if isinstance(error, FileNotFoundError):
        return f"{error.filename or error}: not found. `marbre run INBOX --warehouse {warehouse}` makes it"
    if number := find_errno(error):
        return f"{getattr(error, 'filename', None) or warehouse}: {os.strerror(number)}"
    return f"{warehouse}: {first_line(error)}"


def is_ours(error: Exception) -> bool:
    """True for what says by itself what to do: mostly what a user can mend."""
    from flows.pool import WorkersLost
    from flows.settings import EngineUnknown, SettingUnfit
    from warehouse.errors import WarehouseBusy, WarehouseUnfit

    told = (WarehouseBusy, WarehouseUnfit, EngineUnknown, SettingUnfit, WorkersLost)
    return isinstance(error, told) or type(error).__module__ in OUR_FAULTS


def is_of_server(error: Exception) -> bool:
    """True for what Prefect or the way to its server throws, also under a plain name such as RuntimeError."""
    from flows.server import ServerLost

    innermost = list(traceback.walk_tb(error.__traceback__))[-1:]
    raised_in = [frame.f_globals.get("__name__", "") for frame, _ in innermost]
    packages = {module.partition(".")[0] for module in [type(error).__module__, *raised_in]}
    return isinstance(error, ServerLost) or not packages.isdisjoint(OF_SERVER)


def find_errno(error: Exception) -> int | None:
    """The number of the system's error that is behind an error; Polars has it in its words only."""
    if isinstance(error, OSError):
        return error.errno
    found = re.search(r"\(os error (\d+)\)", str(error))
    return int(found[1]) if found else None


def describe(error: Exception) -> str:
    """An error that nobody foresaw, in one line: its type, where in our code, and the first line of what it says."""
    places = [place for place in traceback.extract_tb(error.__traceback__) if is_in_our_code(place.filename)]
    place = f" in {Path(places[-1].filename).name}:{places[-1].lineno}" if places else ""
    return f"{type(error).__name__}{place}: {first_line(error)}"


def is_in_our_code(file: str) -> bool:
    """True for a file of this application."""
    return Path(file).is_relative_to(Path(__file__).parent.parent) and "site-packages" not in file


def first_line(error: Exception) -> str:
    """The first line of what an error says."""
    return (str(error).splitlines() or [type(error).__name__])[0][:300]
