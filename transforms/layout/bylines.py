"""Bylines taken apart: persons who signed, agencies credited, persons who only posted."""

import re
from functools import cache
from typing import NamedTuple

import polars as pl

from schemas import lexicon


class Byline(NamedTuple):
    """What a byline says. `is_byline` is False where something in it is neither a name nor a known word."""

    authors: list[str]
    agencies: list[str]
    is_byline: bool
    is_poster: bool


CUE = re.compile(
    r"^\W*(?P<cue>(?:(?:(?:article|texte|reportage|enquête|récit"
    r"|analyse|portrait|entretien|interview|chronique|tribune|"
    r"dépêche|billet|propos|vidéo|photos?|édité|modifié)\s+)*(?:écrite?|rédigée?|publiée?|postée?|signée?|proposée?|"
    r"mise? en ligne|traduite?|adaptée?|réalisée?|présentée?|recueillis?|préparée?|assurée?|partagée?|relayée?|"
    r"repostée?|republiée?|reprise?|ajoutée?|archivée?|"
    r"importée?|copiée?|transmise?|envoyée?|saisie?|déposée?|written|"
    r"posted|published|reported)?\s*(?:et\s+\w+\s+)?\b(?:par|by)\b|(?:de )?(?:notre|nos|l’|un|une)?\s?(?:correspondant|"
    r"envoyé|journaliste)[es]*(?:\s+spécia(?:le?|ux)s?)?(?:\s+(?:à|au|en|aux|de)\s+[^\s,:]+)?|correspondance|auteure?s?|autrices?|"
    r"(?:la )?rédaction|rédact(?:eur|rice)s?|textes?|reportage|authors?|journalistes?|propos recueillis)"
    r")(?=\W|$)\s*:?\s*",
    re.IGNORECASE,
)
POSTER = re.compile(
    r"(?:écrite?|publiée?|postée?|mise? en ligne|partagée?|relayée?|proposée?|posted|"
    r"repostée?|republiée?|reprise?|ajoutée?|archivée?|importée?|copiée?|transmise?|envoyée?|saisie?|déposée?)\b",
    re.IGNORECASE,
)
REPOSTER = re.compile(r"\W*(?:re-?(?:post|publi|pris|lay)|partag|archiv|import|copi)\w*\s+par\b", re.IGNORECASE)
"""The software of a site names who put a text online with these words; a signature has a bare `par`."""

SEPARATOR = re.compile(
    r"\s*(?:[,;|/•·&+]|\s[–—-]\s|\b(?:et|and|avec|with|pour|for)\b(?=\s)|\((?=[^)]*\))|\))\s*", re.IGNORECASE
)
PARTICLE = {
    "de", "du", "des", "d’", "le", "la", "les", "van", "von", "der",
    "den", "ten", "ter", "di", "da", "dos", "do", "del",
    "della", "el", "al", "ben", "bin", "ibn", "ould", "y", "e", "zu", "af", "ar",
}  # fmt: skip
NOT_A_NAME = re.compile(
    r"\d|[@:?!«»\"=<>]|https?|www|\b(?:rédaction|service|journal|le monde|la croix|libération|figaro|presse|news|info|"
    r"infos|radio|tv|télé|média|médias|magazine|hebdo|actu|actus|groupe|équipe|agence|dossier|photo|photos|vidéo|"
    r"office|police|ministère|gouvernement|publication|article|lecture|minutes?|abonné|abonnés|desk|staff|web|digital|"
    r"online|editor|reporter|correspondent|team|"
    r"correspondante?s?|envoyée?s?|journalistes?|photographes?)\b",
    re.IGNORECASE,
)
KNOWN_WORD = re.compile(
    r"(?:l[ae’] ?|notre |nos |un |une )?(?:rédaction|service|équipe"
    r"|correspondant|envoyé|journaliste|collaborat|stagiaire|"
    r"agences?|publi|texte|vidéo|photo|source|spécial|rédact|chef|grand reporter|chroniqueu|éditorialiste|avec|desk|"
    r"staff|reporter|correspondent|editor|in|à|au|en|aux)\b.*",
    re.IGNORECASE,
)
INITIALS = re.compile(r"(?:[^\W\d_a-zà-ÿ]\.[ -]?){2,4}")
JOB = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|journaliste|rédact(?:eur|rice)|envoyée?|correspondante?|photographe|"
    r"chroniqueu(?:r|se)|éditorialiste|texte|photos?|vidéo)\b",
    re.IGNORECASE,
)
OPENERS = {
    "à", "le", "la", "les", "un", "une", "des", "en", "l’", "au", "aux", "du", "de", "par", "pour", "sur",
    "the", "a", "in", "on", "dans", "avec", "sans", "sous", "chez", "vers", "entre", "contre", "depuis",
    "après", "avant", "selon", "et", "ou", "où", "qui", "que", "mais", "ce", "cet", "cette", "ces", "son",
    "sa", "ses", "leur", "leurs", "nos", "vos", "notre", "votre",
}  # fmt: skip
"""Words that begin a phrase, never a name."""

ELIDED = re.compile(r"(?:l|qu|s|n|c|j)’", re.IGNORECASE)
"""An elided article or pronoun begins the name of an outlet or a sentence (L’Écho), not that of a person."""

FROM = re.compile(r"^(?:de |d’)(?=\w)", re.IGNORECASE)
"""Before an author: De Jeanne Dupont, reportage de Jeanne Dupont."""

MAIL = re.compile(r"<?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?|(?<!\S)@\w+")

ARTICLE = re.compile(r"^(?:l’|la |le |les |the |agence |l’agence |source\s*:? )+", re.IGNORECASE)


@cache
def agency_names() -> dict[str, str]:
    """Name of each written form of an agency, folded."""
    return {form.casefold(): name for name, form in lexicon.read("agencies").select("name", "form").iter_rows()}


@cache
def agency_pattern() -> str:
    """Alternatives of the written forms of agencies, longest first."""
    forms = lexicon.read("agencies").sort(pl.col("form").str.len_chars(), descending=True)["form"]
    return "(?:" + "|".join(re.escape(f) for f in forms.unique(maintain_order=True)) + ")"


def find_agencies(text: str) -> list[str]:
    """Agencies that the text names, each once, in order."""
    found = re.findall(rf"(?<![\w-])({agency_pattern()})(?![\w-])", text)
    return list(dict.fromkeys(agency_names()[f.casefold()] for f in found))


def recase_name(name: str) -> str:
    """A name printed in capitals as it is usually written: JEANNE MOREL as Jeanne Morel; others as printed."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 4 or not all(c.isupper() for c in letters):
        return name
    words = [w.lower() if w.lower() in PARTICLE and i else w.title() for i, w in enumerate(name.split())]
    joined = re.sub(r"(?<= )([DL]’)(?=\w)", lambda m: m.group(1).lower(), " ".join(words))
    return re.sub(r"\b(Mc)(\w)", lambda m: m.group(1) + m.group(2).upper(), joined)


def put_first_name_first(name: str) -> str:
    """DUPONT Jeanne as Jeanne Dupont: lists print the family name first, and then in capitals."""
    match = re.fullmatch(r"((?:[A-ZÀ-Ý’-]{4,}\s)+)((?:[A-ZÀ-Ý][a-zà-ÿ]+[\s-]?)+)", name)
    return f"{match[2]} {match[1].strip().title()}" if match else name


def is_person(text: str) -> bool:
    """Whether a text reads as a person's name: two to five words in capitals, particles and initials among them."""
    if INITIALS.fullmatch(text):
        return True
    words = text.split()
    if not 2 <= len(words) <= 5 or len(text) > 45 or NOT_A_NAME.search(text) or words[0].lower() in OPENERS:
        return False
    if ELIDED.match(words[0]) or any(w.lower() in OPENERS and w.lower() not in PARTICLE for w in words):
        return False
    capitals = [w for w in words if w[0].isupper() or (w[:2] in ("d’", "l’") and w[2:3].isupper())]
    return (
        len(capitals) >= 2
        and words[0] in capitals
        and words[-1] in capitals
        and all(w in capitals or w.lower() in PARTICLE for w in words)
        and any(len(w.strip(".")) > 1 for w in capitals)
    )


def read_byline(text: str) -> Byline:
    """Take a byline apart.

    A date must have been cut off. Without a cue (`par`), only names and agencies make a byline.
    """
    text = re.sub(r"\s+(?:le|on)$", "", MAIL.sub(" ", text).rstrip(" -–—|·,"))
    cue = CUE.match(text)
    rest = text[cue.end() :] if cue else text
    authors: list[str] = []
    agencies: list[str] = []
    unknown = 0
    origin = FROM.match(text) if not cue else None
    if origin and is_person(text[origin.end() :]):
        rest = text[origin.end() :]
    items = [i.strip(" *_()[]–—-:") for i in SEPARATOR.split(rest)]
    items = [FROM.sub("", i) if cue and i[:2].islower() else i for i in items]
    items = [i if INITIALS.fullmatch(i) else i.strip(" .") for i in items]
    for item in filter(None, items):
        bare = ARTICLE.sub("", item)
        if bare.casefold() in agency_names():
            agencies.append(agency_names()[bare.casefold()])
        elif is_person(item) or (cue and len(items) == 1 and _is_pen_name(item)):
            authors.append(recase_name(put_first_name_first(item)))
        elif not (KNOWN_WORD.fullmatch(item) or JOB.search(item)):
            inner = find_agencies(item)
            agencies.extend(inner)
            described = bool(cue and authors and item[0].islower())
            handle = bool(cue and POSTER.search(cue["cue"]) and len(items) == 1 and " " not in item)
            unknown += not (inner or described or handle)
    known = bool(authors or agencies) and not unknown
    signed = bool(cue) and (known or (not unknown and len(rest) < 60) or _is_outlet(" ".join(items)))
    poster = bool(cue and POSTER.search(cue["cue"]))
    return Byline(list(dict.fromkeys(authors)), list(dict.fromkeys(agencies)), known or signed, poster)


def _is_pen_name(text: str) -> bool:
    return bool(re.fullmatch(r"[^\W\d_a-zà-ÿ][\w’.-]{2,20}", text)) and not NOT_A_NAME.search(text)


def _is_outlet(text: str) -> bool:
    """Whether all long words of a short text are in capitals, as in the name of an outlet."""
    words = [w for w in re.findall(r"\w+", text) if len(w) > 3]
    return len(text) < 50 and bool(words) and all(w[0].isupper() or w[0].isdigit() for w in words)
