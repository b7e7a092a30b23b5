"""Why something was set aside, and what to do about it: the closed list of `rejects.reason`."""

import re

MEND = "mend the record: `marbre rejects --payload ID` shows it"
FETCH_AGAIN = "fetch it again; what could be read of it is loaded"
REPORT = "report it with the detail; `marbre retry` tries it again with the next version of Marbre"
NOTHING_TO_READ = "nothing where it is empty; where it shows a text, save that as .txt or .html"
GIVE_RIGHT = "give the user that runs Marbre the right to read it; the next run does"

ADVICE = {
    # found, but not read
    "folder cannot be read": GIVE_RIGHT,
    "folders too deep": "move it up, or raise MARBRE_DEPTH and `marbre retry`",
    "file cannot be opened": GIVE_RIGHT + "; remove links that lead nowhere",
    "link leads outside the inbox": "nothing, or copy what it leads to into the inbox",
    "not a regular file": "nothing, or move the pipe, socket or device out of the inbox",
    "file type not read": "save it in a format that `marbre formats` lists, or leave it: nothing of it is lost",
    # limits
    "file too large": "split it, or raise the limit that the detail names and `marbre retry`",
    "too many records in one file": "split it, or raise MARBRE_FILE_RECORDS and `marbre retry`",
    "record too long": "split it, or raise MARBRE_RECORD_BYTES and `marbre retry`",
    "archives within archives": "unpack it into the inbox",
    # files
    "file cannot be read": "look at the disk or share that it lies on; where the detail names a reader, report it",
    "file is damaged": FETCH_AGAIN,
    "file is damaged or encrypted": "fetch it again, or save it without its password",
    "feed is damaged": FETCH_AGAIN,
    "member cannot be read": "unpack it into the inbox; where it has a password, without it",
    "not a message": "nothing, or save the message again as .eml",
    "layout not known": "export it anew as docs/formats.md says; report a layout that it does not name",
    "perhaps several articles": "look at it: its texts were loaded as one; split it where they are several",
    # records
    "record cannot be read": REPORT,
    "no text column": "name the column of the texts `text`",
    "not JSON": MEND,
    "not a JSON object": 'make each line an object such as {"text": …}',
    "text is no string": "make its text a string: `marbre rejects --payload ID` shows the record",
    "text is no UTF-8": "save the file with its texts in UTF-8",
    "row is damaged": MEND,
    "row is cut short": MEND,
    "row has too many cells": MEND + "; a text with a delimiter in it needs quotes",
    "no text beside it": "put the text that the row names beside the table, or take the row out",
    "article not understood": REPORT,
    "page cannot be expanded": FETCH_AGAIN,
    "page is cut short": FETCH_AGAIN,
    "file is cut short": FETCH_AGAIN,
    # texts
    "empty": "nothing: there is no text in it",
    "no text in the page": NOTHING_TO_READ,
    "no text in the pages": "run it through a program for character recognition: its pages are pictures",
    "no text in the message": NOTHING_TO_READ,
    "not a text": "it holds pictures or other bytes: rename or remove it; where it is a text, save it as UTF-8",
    # corrections by hand
    "correction cannot be read": "mend the line of aliases.csv or corrections.csv; docs/operations.md has its columns",
    "correction concerns no row, or names no entity": "look up article_id, start and name; `marbre entities` lists names",
    # processing
    "a fault of Marbre; please report it": REPORT,
    "ended its process": REPORT,
    "forgotten on request": "nothing: it was taken out with `marbre forget`, and stays out",
}
"""What to do, by reason; a reason stands here before any code gives it."""

ADVICE_BY_PATTERN = {
    r"took longer than [\d.]+ s": "nothing where the text is an odd one, such as a list of a million numbers; else raise MARBRE_TEXT_SECONDS and `marbre retry`",
    r"row of \w+ breaks its schema": REPORT,
    r"row of \w+ breaks \w+": "report it with the detail; the row was left out, the rest of its article is loaded",
}
"""The same for reasons that name a table, a check or a limit."""


def advise(reason: str) -> str | None:
    """What to do about a reason; null where the list does not have it: a reason of another version of Marbre."""
    patterns = (advice for pattern, advice in ADVICE_BY_PATTERN.items() if re.fullmatch(pattern, reason))
    return ADVICE.get(reason) or next(patterns, None)
