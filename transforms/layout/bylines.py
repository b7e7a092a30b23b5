"""Bylines taken apart: persons who signed, agencies credited, persons who only posted."""

import re
from functools import cache
from typing import NamedTuple

import polars as pl

from schemas import lexicon


class Byline(NamedTuple):
    """What a byline says.

    `is_byline` is False where something in it is neither a name nor a known word, `has_cue` True where words say that
    it is one: par, texte, notre correspondante. Who took the pictures, translated or edited is no author.
    """

    authors: list[str]
    agencies: list[str]
    is_byline: bool
    is_poster: bool
    has_cue: bool


REPOSTER = re.compile(r"\W*(?:re-?(?:post|publi|pris|lay)|partag|archiv|import|copi)\w*\s+par\b", re.IGNORECASE)
"""The software of a site names who put a text online with these words; a signature has a bare `par`."""

SEPARATOR = re.compile(
    r"\s*(?:[,;|/•·&+]|\s[–—-]+\s|(?<=\w)\.\s(?=(?:photos?|vidéos?|dessins?)\b)|\b(?:et|and|avec|with)\b(?=\s))\s*",
    re.IGNORECASE,
)
BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
PARTICLE = {
    "de", "du", "des", "d’", "le", "la", "les", "van", "von", "der",
    "den", "ten", "ter", "di", "da", "dos", "do", "del",
    "della", "el", "al", "ben", "bin", "ibn", "ould", "y", "e", "zu", "af", "ar",
}  # fmt: skip
SMALL_PARTICLE = PARTICLE - {"le", "la", "les", "el", "al", "ben", "ould"}
"""Particles that a name in capitals and small letters has small: Morel de Sèze, but Le Goff, Ben Salah."""

NOT_A_NAME = re.compile(
    r"\d|[@:?!«»\"=<>]|https?|www|\b(?:rédaction|service|presse|news|info|infos|tv|média|médias|actu|actus|groupe|équipe|"
    r"agence|dossier|photo|photos|vidéo|office|police|ministère|gouvernement|publication|article|lecture|minutes?|"
    r"abonnée?s?|desk|staff|web|digital|online|editor|reporter|correspondent|team|correspondante?s?|envoyée?s?|"
    r"journalistes?|photographes?|archives?|reportage|éditions?|collectif|correspondance|auteurs?|bureau|web(?:mestre|master)|admin\w*|modérateurs?|rédac\w*)\b",
    re.IGNORECASE,
)
KNOWN_WORD = re.compile(
    r"(?:(?:l[ae’] ?|notre |nos |un |une |son |de |d’|des? |du )?(?:source|stagiaire|publi|spécial|signé|grand format|"
    r"collaborat)|(?:avec|à|au|en|aux|in|at|depuis|chez|from)\b(?! (?:gauche|droite)|u? (?:centre|milieu|premier))).*",
    re.IGNORECASE,
)
LISTED_NAME = re.compile(r"(?<=:\s)([A-ZÀ-Ý][\w’-]+), ([A-ZÀ-Ý][\w-]+)$")
"""Auteur : Morel, Jeanne."""

JOINED = re.compile(r"\s*(?:avec|et|with|and)\b", re.IGNORECASE)
"""Brackets that go on with a byline: Lise Amar (avec Paul Verne)."""

AGENCIES = re.compile(r"(?:les )?agences?(?: de presse)?", re.IGNORECASE)
INITIALS = re.compile(r"(?:[^\W\d_a-zà-ÿ]{1,2}\.[ -]?){2,4}")
AFTER_OUTLET = re.compile(
    r"[A-ZÀ-Ý]\S*(?: \S+)?? ((?:[A-ZÀ-Ý][a-zà-ÿ’]+-?){1,2} (?:L[EA] |D[EU] |D’)?[A-ZÀ-Ý’-]{3,}(?: [A-ZÀ-Ý’-]{2,})*)"
)
"""The name of a paper, a first name and a family name in capitals."""

OPENERS = {
    "à", "le", "la", "les", "un", "une", "des", "en", "l’", "au", "aux", "du", "de", "par", "pour", "sur",
    "the", "a", "in", "on", "dans", "avec", "sans", "sous", "chez", "vers", "entre", "contre", "depuis",
    "après", "avant", "selon", "et", "ou", "où", "qui", "que", "mais", "ce", "cet", "cette", "ces", "son",
    "sa", "ses", "leur", "leurs", "nos", "vos", "notre", "votre",
}  # fmt: skip
"""Words that begin a phrase, never a name."""

ELIDED = re.compile(r"(?:l|qu|s|n|c|j|jusqu|lorsqu|puisqu|aujourd)’", re.IGNORECASE)
"""An elided article or pronoun begins the name of an outlet or a sentence (L’Écho), not that of a person."""

FROM = re.compile(r"^(?:de |d’)(?=\w)", re.IGNORECASE)
"""Before an author: De Jeanne Dupont, reportage de Jeanne Dupont."""

MAIL = re.compile(r"[(<]?(?:[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|(?<![\w.])@\w+)[)>]?")

ARTICLE = re.compile(r"^(?:l’|la |le |les |the |agence |l’agence |source\s*:? |depuis )+", re.IGNORECASE)
WITH_PLACE = re.compile(r"\s+(?:à|au|en|aux|in|pour|for|chez)\s+[^\W\d_a-zà-ÿ][^,;]*$")
"""Where an author or an agency is, or for whom: La Presse à Québec, Jeanne Dupont pour Le Phare."""

LANGUAGE_NOTE = re.compile(r"((?:de|du)\s?(?:l’)?[a-zà-ÿ]+)\s*\([^()]*\)(?=\s+par\b)")
"""Traduit de l’anglais (Canada) par."""


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
    if initials := WIRE_INITIALS.fullmatch(text):
        found += [piece for piece in re.split(r"[/,-] ?", initials[1]) if piece in agency_names()]
    return list(dict.fromkeys(agency_names()[f.casefold()] for f in found))


WIRE_INITIALS = re.compile(r"\(([a-z]{2,5}(?:[/,-] ?[a-z]{2,5})+)\)")
"""An agency and who edited its story, in small letters: (ats/abc)."""


@cache
def outlet_pattern() -> str:
    """The name of a paper or a station: an article, a noun of the trade, a complement; or an address.

    An expression that Python and Polars read alike.
    """
    nouns = lexicon.read("outlet_nouns")["form"].to_list()
    forms = "|".join(form for noun in nouns for form in (noun.capitalize(), noun.upper()))
    link = r"(?:de|du|des|de la|de l’|d’|et|à|la|le|les|DE|DU|DES|ET|LA|LE|LES|À)"
    capital, letter, small = "[A-ZÀ-ÖØ-ÞŒ]", r"[^\W\d_]", "[a-zß-öø-ÿœ]"
    return (
        rf"^(?i:le |la |les |l’)(?:Petit |Nouvel |Nouveau |PETIT |NOUVEAU |NOUVEL )?(?:{forms})"
        rf"(?: {link}| {capital}(?:{letter}|[’-])*| (?:de )?[dl][’']{letter}+){{1,6}}$|"
        rf"^(?:{forms}) {link}(?: {link}| {capital}(?:{letter}|[’-])*){{1,4}}$|"
        rf"^(?:L[ae]s? |L’)(?:{forms}) {small}{{4,}}$|"
        rf"^The (?:{capital}{letter}+ ){{0,3}}(?:{forms})$|"
        rf"^(?:{STATION}) {capital}(?:{letter}|[’-])*(?: {capital}(?:{letter}|[’-])*){{0,2}}$|"
        rf"^(?i:www\.)?(?:{letter}|[\d-]){{3,30}}\.(?i:com|fr|org|net|info|eu|be|ch|ca|news|media|tv|press|example)$"
    )


STATION = "Radio|RADIO|Télé|TÉLÉ|TV|Canal"
"""A station has its name right after such a word: Radio Armor."""


@cache
def _words(*kinds: str) -> str:
    """Alternatives of the words of bylines, of the kinds given."""
    return "|".join(lexicon.read("byline_words").filter(pl.col("kind").is_in(kinds))["pattern"])


@cache
def _subject_pattern() -> re.Pattern[str]:
    """Who is spoken of, up to who writes: entretien avec X, réalisé par Y. Without a writer nobody signs."""
    return re.compile(
        rf"^\W*(?:{_words('subject')})\s+(?:avec\b|de\s|d’).*?(?:\W(?=(?:{_words('written')})\s+par\b)|$)",
        re.IGNORECASE,
    )


HANDS = {
    "written": "text",
    "posted": "posted",
    "genre": "text",
    "subject": "text",
    "author": "text",
    "other": "other",
    "picture": "picture",
}
"""Whose hand the words before a name announce; of several words the first kind here decides: `photos et texte`."""


@cache
def _label_pattern() -> re.Pattern[str]:
    """The words before a name: texte et photos :, article rédigé par, traduit de l’anglais par, enquête de, auteur."""
    word = rf"(?:{_words(*HANDS)})"
    words = rf"(?:l’|le |la |les |un |une |cet |cette )?{word}(?:\s*(?:et|and|&|/|,|\s)\s*{word})*"
    language = r"(?:\s+(?:de|du)\s?(?:l’)?[a-zà-ÿ]+(?:\s*\([^()]*\))?)?"
    return re.compile(
        rf"\W*(?:(?P<label>{words}){language}\s*(?::|(?:par|by)\b\s*:?)|(?P<bare>par|by)\b\s*:?|"
        rf"(?:une? |la |le )?(?P<of>{_words('genre')})\s+(?:de\s|d’)|"
        rf"(?P<at>{_words('genre')})\s+(?:à|au|en|aux)\s+(?-i:[A-ZÀ-Ý])[^,:;|]{{1,30}},|"
        rf"(?P<author>{_words('author')}|textes?|photos?|reportages?)(?=\s+(?-i:[A-ZÀ-Ý])|$))\s*",
        re.IGNORECASE,
    )


@cache
def _hand_patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(hand, re.compile(rf"(?<!\w)(?:{_words(kind)})(?!\w)", re.IGNORECASE)) for kind, hand in HANDS.items()]


def _hand_of(label: str) -> str | None:
    return next((hand for hand, pattern in _hand_patterns() if pattern.search(label)), None)


@cache
def _beat_pattern() -> re.Pattern[str]:
    """Who writes, told by the job: de notre envoyée spéciale à Oslo; la rédaction du Phare; correspondance."""
    word = r"(?-i:[A-ZÀ-Ý][\w’.-]*|de|du|des|la|le|les|et|sur|en|à|[dl]’[\w-]+)"
    place = rf"(?:(?:la|le|les|service|pôle|rubrique)\s)?[\w’.-]+(?:\s{word})*(?=\s*(?:[,:;|()]|$))"
    return re.compile(
        r"\W*(?:(?:de|par|avec|from|by)\s+)?(?P<our>(?:notre|nos|our)\s+)?(?:(?:l’|la|le|les|the)\s?)?"
        rf"(?:(?P<beat>{_words('beat')})|{_words('job')})(?=\W|$)"
        r"(?:\s+(?!(?:à|au|en|aux|de|du|des|dans|pour|in|of|et|and)\s)(?-i:[a-zà-ÿ])[\w’-]*)*"
        rf"(?:\s+(?:à|au|en|aux|de|du|des|dans|pour|in|of)\s+(?P<place>{place})|\s+d’(?P<from>{place}))?\s*[:,]?\s*",
        re.IGNORECASE,
    )


SHOUTED_SURNAME = re.compile(r"(?:[A-ZÀ-Ý][a-zà-ÿ]+[ -])+(?:[A-ZÀ-Ý’'-]{2,} )*[A-ZÀ-Ý’'-]{3,}")


def recase_name(name: str) -> str:
    """A name printed in capitals, whole or but for the first name, as it is usually written: JEANNE MOREL and Jeanne
    MOREL as Jeanne Morel; others as printed."""
    if SHOUTED_SURNAME.fullmatch(name) and name.split(maxsplit=1)[0].lower() not in _common_words() | {"source"}:
        name = name.upper()
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 4 or not all(c.isupper() for c in letters):
        return name
    words = [w.lower() if w.lower() in SMALL_PARTICLE and i else w.title() for i, w in enumerate(name.split())]
    joined = re.sub(r"(?<= )([DL]’)(?=\w)", lambda m: m.group(1).lower(), " ".join(words))
    return re.sub(r"\b(Mc)(\w)", lambda m: m.group(1) + m.group(2).upper(), joined)


def put_first_name_first(name: str) -> str:
    """DUPONT Jeanne as Jeanne Dupont: lists print the family name first, and then in capitals."""
    match = re.fullmatch(r"((?:[A-ZÀ-Ý’-]{4,}\s)+)((?:[A-ZÀ-Ý][a-zà-ÿ]+[\s-]?)+)", name)
    return f"{match[2]} {match[1].strip().title()}" if match else name


@cache
def _first_names() -> frozenset[str]:
    return frozenset(lexicon.read("first_names")["name"].str.to_lowercase())


@cache
def _outlet_nouns() -> frozenset[str]:
    return frozenset(lexicon.read("outlet_nouns")["form"])


@cache
def _common_words() -> frozenset[str]:
    return frozenset(lexicon.read("common_words")["word"])


def has_first_name(name: str) -> bool:
    """Whether a name begins with a known first name, also one of two (Marie-Line) or its initial."""
    first, *_ = name.split()
    pieces = first.lower().split("-")
    return first.lower() in _first_names() or pieces[0] in _first_names() or bool(re.match(r"[^\W\d_]\.", first))


def is_person(text: str) -> bool:
    """Whether a text reads as a person's name: two to five words in capitals, particles and initials among them.

    Without a known first name, `Terres du Sud` and `Faits Divers` are none: a particle right after the first word,
    nothing but common words, the noun of an outlet.
    """
    if INITIALS.fullmatch(text):
        return True
    words = text.split()
    if not 2 <= len(words) <= 5 or len(text) > 45 or NOT_A_NAME.search(text) or words[0].lower() in OPENERS:
        return False
    if ELIDED.match(words[0]) or any(w.lower() in OPENERS and w.lower() not in PARTICLE for w in words):
        return False
    capitals = [w for w in words if w[0].isupper() or (w[:2] in ("d’", "l’") and w[2:3].isupper())]
    shaped = (
        len(capitals) >= 2
        and words[0] in capitals
        and words[-1] in capitals
        and all(w in capitals or w.lower() in PARTICLE for w in words)
        and any(len(w.strip(".")) > 1 for w in capitals)
    )
    return shaped and (has_first_name(text) or not _is_phrase([w.lower() for w in words]))


def _is_phrase(words: list[str]) -> bool:
    """Whether the words of a name without first name are rather those of an outlet or a rubric."""
    full = [w for w in words if w not in PARTICLE]
    return (
        words[1] in {"de", "du", "des", "d’", "la", "les"}
        or words[1].startswith("d’")
        or any(w in _outlet_nouns() for w in words)
        or all(w in _common_words() for w in full)
    )


class Item(NamedTuple):
    """What stands between two separators of a byline.

    `kind` is person, agency, job, label, known or unknown; `hand` the one that words before it announce, if any.
    """

    kind: str
    text: str
    hand: str | None = None
    is_cue: bool = False
    in_brackets: bool = False
    is_after_slash: bool = False


@cache
def _credit_pattern() -> re.Pattern[str]:
    """An agency that closes a byline: a paper, avec Reuters."""
    return re.compile(rf"\bavec (?:l’|les )?{agency_pattern()}\W*$")


@cache
def _inner_label() -> re.Pattern[str]:
    """Space before a label inside a line: Texte : X Photos : Y."""
    return re.compile(rf"(?<=\w)\s+(?=(?:{_words('genre', 'picture', 'other')})\s?:)", re.IGNORECASE)


@cache
def _beat_inside() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('beat', 'job')})$", re.IGNORECASE)


def read_byline(text: str) -> Byline:
    """Take a byline apart.

    A date must have been cut off. Without a cue (`par`), only names, agencies and jobs make a byline.
    """
    text = re.sub(r"\s+(?:le|on)$", "", MAIL.sub(" ", text).strip().rstrip("-–—|·•,/ "))
    text = _inner_label().sub(" / ", text)
    listed = LISTED_NAME.search(text)
    if listed and has_first_name(listed[2]):
        text = f"{text[: listed.start()]}{listed[2]} {listed[1]}"
    text = _subject_pattern().sub("", LANGUAGE_NOTE.sub(r"\1", text))
    segments = BRACKETS.split(re.sub(r"^[(\[]([^()\[\]]*)[)\]]\.?$", r"\1", text))
    told = [i % 2 == 1 and not JOINED.match(segment) for i, segment in enumerate(segments)]
    items = [i for segment, aside in zip(segments, told, strict=True) for i in read_items(segment, in_brackets=aside)]
    hands, agencies = _hand_out(items)
    has_cue = bool(items) and (items[0].is_cue or (items[0].kind != "unknown" and any(i.is_cue for i in items)))
    unknown = [i for i in items if i.kind == "unknown" and not _is_told(i, items)]
    if unknown and unknown == items[:1] and _is_outlet(items[0].text) and _credit_pattern().search(text):
        unknown = []
    authors = hands["text"] or hands["posted"]
    pictured = bool(hands["picture"]) and not (authors or hands["other"])
    named = (any(hands.values()) or bool(agencies)) and not pictured
    worked = not unknown and any(i.kind == "job" for i in items)
    signed = (
        has_cue
        and not pictured
        and ((not unknown and len(text) < SHORT) or _is_outlet(" ".join(i.text for i in items)))
    )
    is_poster = bool(not hands["text"] and any(i.hand == "posted" for i in items))
    return Byline(authors, agencies, (named and not unknown) or signed or worked, is_poster, has_cue)


SHORT = 80
"""A line of words that announce an author, without a name, is not longer."""


def read_items(segment: str, in_brackets: bool) -> list[Item]:
    """Cut a byline at its separators and tell what each item is."""
    items: list[Item] = []
    place = 0
    while place < len(segment):
        label = _label_pattern().match(segment, place)
        place = label.end() if label else place
        hand = (_hand_of(label["label"] or label["of"] or label["author"] or "") or "text") if label else None
        mark, place_of = SEPARATOR.search(segment, place), place
        piece = segment[place : mark.start() if mark else len(segment)].strip(" *_–—-:")
        place = mark.end() if mark else len(segment)
        if not INITIALS.fullmatch(piece):
            piece = piece.strip(" .") + ("." if re.search(r"\b[A-ZÀ-Ý]\.$", piece) else "")
        if piece or hand:
            alone = not items and not segment[place:].strip()
            slash = segment[:place_of].rstrip().endswith("/")
            items += [i._replace(is_after_slash=slash) for i in _read_piece(piece, hand, in_brackets, alone)]
    return items


def _read_piece(piece: str, hand: str | None, in_brackets: bool, alone: bool) -> list[Item]:
    """One item, or a job and the name beside it."""
    after = None if has_first_name(piece or "-") else AFTER_OUTLET.fullmatch(piece)
    piece = after[1] if after else piece
    name = FROM.sub("", piece)
    bare = ARTICLE.sub("", WITH_PLACE.sub("", name)).casefold()
    if bare in agency_names():
        return [Item("agency", agency_names()[bare], hand, hand is not None, in_brackets)]
    for form in (piece, name, WITH_PLACE.sub("", name)):
        if is_person(form):
            return [Item("person", recase_name(put_first_name_first(form)), hand, hand is not None, in_brackets)]
    if not piece or re.fullmatch(_words(*HANDS), piece, re.IGNORECASE):
        return [Item("label", piece, hand or _hand_of(piece), hand is not None, in_brackets)]
    return _read_job(piece, hand, in_brackets) or _read_rest(piece, hand, in_brackets, alone)


def _read_job(piece: str, hand: str | None, in_brackets: bool) -> list[Item]:
    """A job with the place it is done at, and the name after or before it; empty where there is none."""
    job = _beat_pattern().match(piece)
    if job:
        is_cue = bool(job["our"] or job["beat"] or hand)
        made = [Item("job", job.group(), hand, is_cue, in_brackets)]
        rest = piece[job.end() :].strip()
        words = (job["place"] or job["from"] or "").split() if not rest else []
        names = [rest] if rest else [" ".join(words[i:]) for i in range(1, len(words) - 1)]
        name = next((n for n in names if is_person(n) and (rest or has_first_name(n))), None)
        if name:
            return [*made, Item("person", recase_name(put_first_name_first(name)), hand, is_cue, in_brackets)]
        is_section = re.fullmatch(r"[A-ZÀ-Ý][\w’-]*(?: \S+){0,2}", rest) and not job.group().rstrip().endswith(":")
        if not rest or is_section:
            return made
        return [*made, *_read_rest(rest, None, in_brackets, alone=False)]
    if piece[0].islower() and _beat_inside().search(piece):
        return [Item("job", piece, hand, hand is not None, in_brackets)]
    words = piece.split()
    for size in range(2, min(5, len(words))):
        name, job_words = " ".join(words[:size]), " ".join(words[size:])
        if is_person(name) and _beat_pattern().match(job_words):
            return [Item("person", recase_name(name), hand, hand is not None, in_brackets)]
    return []


def _read_rest(piece: str, hand: str | None, in_brackets: bool, alone: bool) -> list[Item]:
    """An item that is neither a name nor a job: a known word, an agency inside other words, a pen name, or unknown."""
    is_cue = hand is not None
    found = find_agencies(piece)
    if found:
        return [Item("agency", name, hand, is_cue, in_brackets) for name in found]
    if is_cue and alone and _is_pen_name(piece):
        return [Item("person", recase_name(piece), hand, is_cue, in_brackets)]
    if hand == "posted" and alone and " " not in piece:
        return [Item("known", piece, hand, is_cue, in_brackets)]
    if AGENCIES.fullmatch(piece):
        return [Item("known", piece, hand, True, in_brackets)]
    return [Item("known" if KNOWN_WORD.fullmatch(piece) else "unknown", piece, hand, is_cue, in_brackets)]


def _hand_out(items: list[Item]) -> tuple[dict[str, list[str]], list[str]]:
    """The names by whose hand they are (text, posted, picture, other), and the agencies, each once.

    Words in brackets say it of the names before them: Lise Amar (texte) et Paul Verne (photos). A name in brackets
    behind another one is that of an outlet.
    """
    hands: dict[str, list[str]] = {hand: [] for hand in HANDS.values()}
    recent: list[str] = []
    hand, announced = "text", False
    for item in items:
        if item.in_brackets and item.kind == "label" and recent:
            for name in recent if item.hand == "text" else recent[-1:]:
                hands[hand].remove(name)
                hands[item.hand or "text"].append(name)
            recent = []
        elif item.hand:
            hand = "text" if announced and hand == "text" else item.hand
            announced = item.kind == "label"
        is_outlet = item.in_brackets and not item.is_cue and any(hands.values())
        if item.kind == "person" and not is_outlet and item.text not in hands[hand]:
            hands[hand].append(item.text)
            recent.append(item.text)
    return hands, list(dict.fromkeys(i.text for i in items if i.kind == "agency"))


def _is_told(item: Item, items: list[Item]) -> bool:
    """Whether the other items say what an unknown one is: a place beside a correspondent, what an author is."""
    named = any(i.kind in ("person", "agency") for i in items)
    cued = any(i.is_cue for i in items)
    capital = item.text[:1].isupper()
    if capital and (any(i.kind == "job" and i.is_cue for i in items) or (item.in_brackets and named)):
        return True
    if item.is_after_slash and items[0].kind == "person" and _is_outlet(item.text):
        return not has_first_name(item.text)
    if named and re.match(outlet_pattern(), item.text):
        return True
    return named and cued and (item.text[:1].islower() or _is_outlet(item.text))


def _is_pen_name(text: str) -> bool:
    shaped = re.fullmatch(r"[^\W\d_a-zà-ÿ][\w’.-]{2,20}", text) and not NOT_A_NAME.search(text)
    return bool(shaped) and ("-" not in text or has_first_name(text))


def _is_outlet(text: str) -> bool:
    """Whether all long words of a short text are in capitals, as in the name of an outlet."""
    words = [w for w in re.findall(r"\w+", text) if len(w) > 3]
    return len(text) < 50 and bool(words) and all(w[0].isupper() or w[0].isdigit() for w in words)
