"""The words of a page on one line, and what two printings of them have in common."""

import re
from functools import lru_cache

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def tidy(text: str | None) -> str:
    """One line: white space as single spaces, nothing unseen."""
    return " ".join(UNSEEN.sub("", text or "").split())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """What two printings of the same words have in common: letters and digits, in small letters.

    Kept for the lines of one page: each is compared with its text, its title and its boxes.
    """
    return re.sub(r"[\W_]+", "", text.casefold().replace("œ", "oe").replace("æ", "ae"))
