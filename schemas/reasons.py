"""Why something was set aside, and what to do about it: the closed list of `rejects.reason`."""

import re

ADVICE = {
    "folder is read already": "nothing: a link leads to a folder that is read under its own name",
    "folder cannot be read": "give the user that runs Marbre the right to read it",
    "file cannot be opened": "give the user that runs Marbre the right to read it; remove links that lead nowhere",
    "not a regular file": "nothing, or move the pipe, socket or device out of the inbox",
    "file type not read": "convert it to a format that `marbre formats` lists, or leave it: nothing of it is lost",
    "file cannot be read": "look at the disk or the share that it lies on, then `marbre retry`",
    "file is damaged": "fetch it again; what could be read of it is loaded",
    "no text column": "name the column of the texts `text`",
    "not JSON": "mend the line: `marbre rejects --payload ID` shows it",
    "not a JSON object": 'make each line an object such as {"text": …}',
    "text is no string": "make its text a string: `marbre rejects --payload ID` shows the record",
    "record too long": "split it, or raise MARBRE_RECORD_BYTES and `marbre retry`",
    "empty": "nothing: there is no text in it",
    "no text in the page": "nothing where the page is empty; where it shows a text, save what the browser renders",
    "no text in the pages": "read its pictures with a program for that (OCR), and give Marbre what that writes",
    "no text in the message": "nothing, or save what is attached to it as files of their own",
    "not a message": "nothing where it is no mail; else fetch it again",
    "page is cut short": "fetch the file again; the pages before it are loaded",
    "page cannot be expanded": "nothing: the server sent it damaged",
    "file is cut short": "fetch it again; what could be read of it is loaded",
    "file is damaged or encrypted": "fetch it again, or open it with its password and save it without one",
    "feed is damaged": "fetch it again; the items before are loaded",
    "member cannot be read": "unpack the archive, and put the file that it names into the inbox",
    "archives within archives": "unpack it, or raise MARBRE_DEPTH and `marbre retry`",
    "not a text": "it holds pictures or other bytes: rename or remove it; where it is a text, save it as UTF-8",
    "correction cannot be read": "mend the line of aliases.csv or corrections.csv; docs/operations.md has its columns",
    "correction concerns no row, or names no entity": "look up article_id, start and name; `marbre entities` lists names",
    "a fault of Marbre; please report it": "report it with the detail; after an update, `marbre retry`",
}
"""What to do, by reason; a reason stands here before any code gives it."""

ADVICE_BY_PATTERN = {
    r"row of \w+ breaks its schema": "report it with the detail; after an update, `marbre retry`",
    r"row of \w+ breaks \w+": "report it with the detail; the row was left out, the rest of its article is loaded",
}
"""The same for reasons that name a table or a check."""


def advise(reason: str) -> str | None:
    """What to do about a reason; null where the list does not have it: a reason of another version of Marbre."""
    patterns = (advice for pattern, advice in ADVICE_BY_PATTERN.items() if re.fullmatch(pattern, reason))
    return ADVICE.get(reason) or next(patterns, None)
