"""Nexis: texts of LexisNexis (`1 of 50 DOCUMENTS`) and of Nexis Uni (`End of Document`), labels French or English."""

import re
from collections.abc import Iterator
from typing import Any

from flows.readers.archives import PAGE, Article, clean, judge, name_publication
from flows.readers.dates import read_given_date

NUMBERED = re.compile(r"^(?:document\s+)?\d+\s+(?:of|de|sur)\s+\d+(?:\s+documents?)?$", re.IGNORECASE)
END = re.compile(r"(?:end of document|fin du document)$", re.IGNORECASE)
LABELS = {
    "authors": "byline|auteurs?|author",
    "section": "section|rubrique",
    "words": "length|longueur",
    "deck": "highlight|encart|insert|chapeau|sous-titre",
    "dateline": "dateline|origine",
    "language": "language|langue",
    "url": "url",
    "loaded": "load-date|date-chargement|date de chargement",
    "graphic": "graphic|illustration|graphique",
    "other": "subject|sujet|organization|organisation|company|societe|société|ticker|symbole-boursier|industry|"
    "secteur-activite|secteur d'activité|geographic|localisation-geo|localisation géographique|person|personne|"
    "publication-type|type-publication|type de publication|type|journal-code|document-type|series|correction|edition|"
    "édition|classification|notes?|city|state|country|ville|pays|acc-no|name",
}
"""Labels of both services, by what they give; those of old texts are in capitals with hyphens."""
LABEL = re.compile(
    r"^(?:" + "|".join(f"(?P<{name}>{words})" for name, words in LABELS.items()) + r")\s?:\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
BODY = re.compile(r"^(?:body|corps(?: du texte)?|full text|texte intégral)\s*:?$", re.IGNORECASE)
CLASSIFICATION = re.compile(r"^(?:classification|load-date|date-chargement|graphic|graphique)\b\s*:?", re.IGNORECASE)
RIGHTS = re.compile(r"^(?:copyright\b|©|\(c\)|tous droits réservés|all rights reserved)", re.IGNORECASE)
ABOVE_THE_TEXT = ("authors", "section", "words", "deck", "dateline")


def knows_text(text: str) -> bool:
    """Whether a text is a selection of articles of either service."""
    lines = [clean(line) for line in text.split("\n")]
    has_length = any((match := LABEL.match(line)) and match["words"] for line in lines)
    return has_length and any(NUMBERED.match(line) or END.search(line) for line in lines)


def read_lines(lines: Iterator[str], encoding: str) -> Iterator[Article]:
    """The articles of a text: each begins with its number, or ends with the words for it; a cover page is none."""
    piece: list[str] = []
    numbered = False
    for line in lines:
        text = clean(line)
        if NUMBERED.match(text):
            if numbered:
                yield _read(piece, encoding, True)
            piece, numbered = [], True
        piece.append(line)
        if not numbered and END.search(text):
            yield _read(piece, encoding, True)
            piece = []
    if numbered or _is_begun(piece):
        yield _read(piece, encoding, numbered and _is_ended(piece))


def _is_begun(piece: list[str]) -> bool:
    return any((match := LABEL.match(clean(line))) and match["words"] for line in piece)


def _is_ended(piece: list[str]) -> bool:
    """Whether something stands below the text, as does below each: its language, its rights."""
    below = [clean(line) for line in piece[len(piece) // 2 :]]
    return any(RIGHTS.match(line) or ((match := LABEL.match(line)) and match["language"]) for line in below)


def _read(piece: list[str], encoding: str, is_whole: bool) -> Article:
    raw = "".join(piece).encode("utf-8" if encoding == "utf-8-sig" else encoding, "surrogateescape")
    lines = [clean(line) for line in piece]
    above = _header_ends(lines)
    if above is None:
        return Article(raw, "", {}, "no line with its length was found" if is_whole else "it is cut short")
    given = _read_head([line for line in lines[:above] if line and not NUMBERED.match(line)])
    text = _body([line.rstrip("\r\n") for line in piece[above:]])
    for line in lines[above + 1 :]:
        match = LABEL.match(line)
        if match and match["language"] and not given.get("language"):
            given["language"] = match["rest"]
    deck = given.pop("deck", None)
    return judge(raw, "\n\n".join(filter(None, [deck, text])), given, is_whole)


def _header_ends(lines: list[str]) -> int | None:
    """The place below the labels that stand above the text, and below the word for the text where there is one."""
    last = None
    for place, line in enumerate(lines):
        match = LABEL.match(line)
        if BODY.match(line):
            return place + 1
        if match and any(match[name] for name in ABOVE_THE_TEXT):
            last = place
        elif last is not None and line and not (match or RIGHTS.match(line)) and place > last + 1:
            break
    has_length = last is not None and any((m := LABEL.match(line)) and m["words"] for line in lines[: last + 1])
    return last + 1 if has_length and last is not None else None


def _read_head(lines: list[str]) -> dict[str, Any]:
    """Newspaper, day and title, which have no labels, and what has one."""
    given: dict[str, Any] = {}
    plain: list[str] = []
    for line in lines:
        match = LABEL.match(line)
        if match:
            name = next(name for name in LABELS if match[name])
            given.setdefault(name, match["rest"])
        elif not RIGHTS.match(line) and not BODY.match(line):
            plain.append(line)
    given |= _read_place(given.pop("section", "") or "")
    return {
        name: value for name, value in (given | _read_top(plain)).items() if name not in ("words", "other", "loaded")
    }


def _read_place(line: str) -> dict[str, Any]:
    """Section and page of « ÉCONOMIE; Pg. 6 »."""
    page = PAGE.search(line)
    section = (line[: page.start()] if page else line).split(";")[0].strip(" ;,")
    return {"section": section, "page": page["page"].strip() if page else None}


def _read_top(lines: list[str]) -> dict[str, Any]:
    """Title, newspaper and day: the older layout has the newspaper first and the title below the day, the newer the
    title first and the day below the newspaper.
    """
    dates = [
        (n, date) for n, line in enumerate(lines) if (date := read_given_date(line)) and len(date) >= len("2023-03-14")
    ]
    if not dates:
        return {"title": lines[-1] if lines else None, "publication": name_publication(lines[0]) if lines else None}
    place, date = dates[-1] if len(dates) > 1 and dates[-1][0] >= 2 else dates[0]
    below = lines[place + 1 :]
    if below:
        return {
            "publication": name_publication(lines[place - 1]) if place else None,
            "date": date,
            "title": " ".join(below),
        }
    return {
        "date": date,
        "publication": name_publication(lines[place - 1]) if place else None,
        "title": lines[place - 2] if place > 1 else None,
    }


def _body(lines: list[str]) -> str:
    """The text down to the labels below it, its lines and blank lines as they stand."""
    kept: list[str] = []
    for line in lines:
        text = clean(line)
        match = LABEL.match(text)
        if CLASSIFICATION.match(text) and (match or text.lower() == "classification"):
            break
        if END.search(text) or (match and not any(match[name] for name in ABOVE_THE_TEXT) and _is_label(match, text)):
            break
        if RIGHTS.match(text):
            break
        kept.append(line.strip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _is_label(match: re.Match[str], text: str) -> bool:
    """Whether a line with a colon is a label, and no sentence that begins with such a word: labels are in capitals in
    the older layout, and stand alone with a list behind them in the newer.
    """
    word = text.split(":", maxsplit=1)[0].strip()
    return word.isupper() or bool(match["language"]) or bool(match["url"])
