"""What each part of a document is to the article: one table of named rules, the first that fires decides."""

import re
from functools import cache
from typing import NamedTuple

import polars as pl

from schemas import lexicon
from transforms.layout.asides import ASIDES, add_asides
from transforms.layout.bylines import outlet_pattern
from transforms.layout.neighbours import from_above, from_below
from transforms.layout.surroundings import CLOCK, add_menus, add_surroundings, add_weak_titles

PROSE_WIDTH = 100
"""A closed sentence this long is text; titles of 36k articles have 68 characters in the mean, 172 at most."""

TITLE_WIDTH = 250
HEADING_WIDTH = 120
LABEL_WIDTH = 35
"""A section label above the title: Culture, Faits divers."""

COMMENTS_AFTER = 0.4
"""Reader comments begin after at least this share of the text; a counter of comments above it is a link to them."""

COUNT_OF_READERS = r"(?i)vues?|views?|comment|réaction|avis|réponse|message|partage|shares?|fois|like|aime"
"""A length or a page number is no border between text and comments."""

PRONOUN = (
    r"^(?:il|elle|on|ils|elles|nous|je|ce|cela|celui|celle|le|la|les|l’|un|une|des|qui|et|mais|puis|son|sa|ses|comme)\b"
)
"""A line that begins so reports speech inside an article; readers sign with a name."""

SPACED_SHARE = 0.3
"""From this share of lines after a blank one on, blank lines part paragraphs, and lines without one belong together."""

BOX_WIDTH = 250
"""A longer line under the header of a box is text that the box interrupts."""

PROMO_WITH_TITLE = r"(?i)(?:lire|voir|écouter|découvrir|read|see)[^:]{0,20}:\s*\S"
"""A link that names its article needs no lines below it."""

QUOTED_HEADING = (
    r"^(?:[^.!?«»“”\"]{3,60}\s?: ?)?(?:«[^«»]{3,80}[^.!?…«»\s]\s?»|“[^“”]{3,80}[^.!?…“”\s]”|\"[^\"]{3,80}[^.!?…\"]\")$"
)
LISTED = r"#?[\p{L}\p{N}’'()&-]+(?: [\p{L}\p{N}’'()&-]+){0,3}"
NAME_LIST = rf"^(?:{LISTED}\s*[–—/,;·•|]\s*){{2,}}{LISTED}$|^(?:{LISTED}\s*[;·•|]\s*)+{LISTED}$"
"""Items of at most four words, three or more: a list of tags where nothing else is below it."""

MENU = (
    r"^[^|•·.!?\d]{2,25}(?:\s?[|•·]\s?[^|•·.!?\d]{2,25}){2,}$|^[☰≡🔍]|(?:^|\s)(?i:menu|se connecter|s’abonner|"
    r"connexion|"
    r"sign in|subscribe)(?:\s|\s?[|•·]\s?)(?i:menu|se connecter"
    r"|s’abonner|connexion|recherche|mon compte|accueil|sign in)"
)
BREADCRUMBS = (
    r"^(?i:accueil|home|actualités?|vous êtes ici\s*:?.{0,20})\s*(?:[>›»/|→]|[–-]\s)|"
    r"^\p{Lu}[^/.!?:]{1,30}(?: / \p{Lu}[^/.!?:]{1,30}){2,}$|"
    r"^[^.!?]{2,40}(?:\s[>›→▸‹]\s?[^.!?>›→▸‹]{2,60})+$"
)
NO_TEXT = pl.lit("")
"""In place of a text that need not be read: behind a null, expressions still run over all of it."""

LINE_WIDTH = 200
"""Menus, lists and cells of tables are shorter."""

MARKED_LINE = r"[|>›»→•·☰≡🔍?]|\t| {3}| ; |\d\s?[-–]\s?\d|\.{4}|^\d{1,3}[.)] ?\p{Lu}|1\. ?\p{Lu}|: ?\p{Lu}[^:]* \d|\)$"

WIRE_INITIALS = (
    r"^\(?(?:[a-z]{2,5}(?:[-+][a-z]{2,5})+|"
    r"[A-Za-z]{2,5}(?:-[A-Za-z]{2,5})*(?:/[A-Za-z]{2,5}(?:-[A-Za-z]{2,5})*)+)/?\)?$"
)
"""Who wrote, checked and sent a wire story: abc-mlc/rfg/eb."""

NAME_LINE_WIDTH = 60
NAME_LINE = (
    r"^(\p{Lu}\p{L}+)(?:-\p{Lu}\p{L}+)? (?:(?:de|du|van|von|el|ben) )?\p{Lu}[\p{L}’-]+(?: \p{Lu}[\p{L}’-]+)?"
    r"(?:\s?[,|–—-]\s?(?:(?:Le|La|Les|à|au|en) |L’)?\p{Lu}.{2,30})?$"
)

AGENCY_INITIALS = r"^\(|^\p{Lu}{2}"

INITIALS = r"^(?:\p{Lu}{1,2}\.[ -]?){2,4}(?:(?:et|,|/) ?(?:\p{Lu}{1,2}\.[ -]?){2,4})*$"
"""Who signs at the foot of a text: A. M., A. M. et B. C."""

DATED_CAPTION = (
    r", (?:le )?\d{1,2}(?:er)? (?:janvier|février|mars|avril|mai"
    r"|juin|juillet|août|septembre|octobre|novembre|décembre) "
    r"(?:19|20)\d\d\s*\.?$"
)
"""Captions end in the day of the picture, with its year; a lead seldom tells the year of news."""

PAST = (
    r"(?:^|[ ’])(?:a|ont|est|sont|avait|avaient|était|étaient)(?: \p{Ll}+ment| pas| été)? "
    r"\p{Ll}+(?:é|i|u|is|it|ert)e?s?(?:[ ,.]|$)"
)
"""A verb that tells what has happened: pictures are told in the present, or without a verb."""

OPEN_QUOTE = r"^[«“\"]\s?\p{Lu}\S* \S+ "
"""A quotation of some words."""

SHOUTED = r"^[^\p{Ll}]*\p{Lu}{3,}[^\p{Ll}]*\s[^\p{Ll}]*\p{Lu}{3,}[^\p{Ll}]*$"
CUT_OFF_WIDTH = 110
TWO_SENTENCES_WIDTH = 60
SIGNED_WIDTH = 40
SENTENCE_WIDTH = 15
HEADER_PROSE = 2
"""Bylines and dates stand below the lead at the latest, and a caption may look like another paragraph; a date line
further down heads a chapter of a chronology."""

LIST_ITEM_WIDTH = 80
CREDIT_AFTER = 0.7
"""The credit of an agency closes a text only below most of it."""

ENDED = r"[.!?…»”\"]\s*[)\]]?$"

OUTLET_PLACES = 3
"""Lines, from 0, among which a page prints its own name."""

OUTLET_BYTES = 60
"""Names of papers are shorter."""

TITLE_LEAST = 25
"""A name below a line of this width signs it."""

LEAD_WIDTH = 60
"""A shorter line below the title that is not closed is no lead."""

KIND_OF_LINK = (
    r"^(?i:cartes?|vidéos?|podcasts?|audio|diaporamas?|infographies?|en images|quiz|sondage|replay|photos?|portfolio|"
    r"grand format|graphiques?|dossier)\s*[.:|!]\s"
)
"""A link to another form of the story, told by its kind."""

LABEL_WORDS = 4
"""A section label has few words; a short title above its deck has more."""

TOP_LINES = 20
"""A box of key points stands among the first lines."""

POINT_WIDTH = 140
"""Key points without bullets are lines of at most this length, unclosed, two or more."""

RELATED = (
    r"(?i)(?:connexes?|liée?s?|similaires?|associée?s?|suggérée?s?|pour mémoire|"
    r"(?:aussi|également) (?:dans|en|sur) .{3,25}|recommandée?s?(?: pour vous)?|sponsorisée?s?|"
    r"du même auteur|approfondir|plus loin|vous (?:intéresser|plaire)|"
    r"sur le même (?:sujet|thème)|dans la même rubrique|dans le même dossier|dans l’actualité|"
    r"lire (?:aussi|également)|"
    r"à lire|\+ lus|"
    r"plus (?:lue?s|vue?s|consultée?s|partagée?s|commentée?s|populaires)(?: (?:du|de la) \p{Ll}+| cette semaine)?|"
    r"sur le web|en relation|conseille|recommande|propose|"
    r"related(?: \w+)?|read (?:more|also))\W*$"
)
"""Headers below which titles of other articles stand."""

RESULT = r"^\d{1,3}(?:[.)]|ers?|e)?\s+\p{Lu}[^.!?]*\d\S{0,6}(?: \p{L}{1,6}\.?)?(?:\s*\([^()]*\))?$"
"""A rank, a name and a result."""

SPEC = r"^\p{Lu}[^:.!?]{2,30}\s?:\s?[^:.!?]{0,20}\d[^:.!?]{0,20}$"
"""A label and a figure."""

NUMBERED = r"\d\s?[-–]\s?\d|\.{4}|1\. ?\p{Lu}|: ?\p{Lu}[^:]* \d"
SCORE = re.compile(
    r"^[A-ZÀ-ÖØ-ÞŒ][^:.!?]{1,40}\s?:\s?(?:[^,;:.!?]+ \d{1,3}(?:/\d{1,3})?[,;.]?\s?){2,}$|"
    r"^(?:[^.!?«»\"(]{2,60}\.{4,}\s*\d[^.!?]{0,40})+$|(?:^|\s)1\.\s?[A-ZÀ-ÖØ-ÞŒ].*[;,]\s?2\.\s?[A-ZÀ-ÖØ-ÞŒ]|"
    r"^[A-ZÀ-ÖØ-ÞŒ][A-ZÀ-ÖØ-ÞŒ ’-]{2,30}\s\d{1,3}\s?[-–]\s?\d{1,3}\s[A-ZÀ-ÖØ-ÞŒ][A-ZÀ-ÖØ-ÞŒ ’-]{2,30}$|"
    r"^[A-ZÀ-ÖØ-ÞŒ][^.!?:,]{1,40}\s[–-]\s[A-ZÀ-ÖØ-ÞŒ][^.!?:,]{1,40}\s*:?\s*\d{1,3}\s?[-–]\s?\d{1,3}\b[^.!?]{0,30}$"
)
"""Leaders of dots, or two teams and their score."""

POINTER = r"^[►▶▷➤❯▸→➜👉]"
"""A mark that points to something else, where no other line beside has it."""


PHONE = r"(?i)\bt[ée]l(?:éphone)?\b\.?\s?:?\s?\d{2}(?:[ .-]?\d\d){2,4}\W*$"
"""The number of a shop closes the line of its advertisement."""

SLUG = r"^\p{Lu}?[\p{L}\d]+(?:-[\p{L}\d]{3,}){2,}$"
SLUG_PLACES = 3
TOWN = r"(?i)-(?:les?|la|les|lès|sur|sous|en|des?|du|aux?|et|saint|sainte|près)-|^(?:saint|sainte|mont|château|port)-"
"""Joined by hyphens without a space: the slug of an agency, where no small word makes it the name of a town."""

INTERVIEWEE = (
    r"^(\p{Lu}\p{L}+)(?:-\p{Lu}\p{L}+)?(?: (?:(?:de|du|le|la|van|von) )?\p{Lu}[\p{L}’-]+){1,3}, \p{Ll}[^.!?:«»]{3,90}$"
)
WHOLLY_QUOTED = r"^(?:«[^«»]{10,200}»|“[^“”]{10,200}”|\"[^\"]{10,200}\")$"
"""Who is interviewed, with a trade, stands above the quotation that is the title."""

SIGNED_ON_TOP = r"^(\p{Lu}\p{Ll}+)(?:-\p{Lu}\p{Ll}+)? (?:\p{Lu}{2,}[ ’-]?){1,3}$"
"""A family name in capitals: above the title and the date it signs."""


class Rule(NamedTuple):
    """A named rule: the role it gives, and when."""

    name: str
    role: str
    when: pl.Expr


def _cue(*names: str) -> pl.Expr:
    return pl.col("cue").is_in(names).fill_null(False)


def _hint(*names: str) -> pl.Expr:
    return pl.col("hint").is_in(names).fill_null(False)


def list_rules() -> list[Rule]:
    """The rules, in order. `head`, `middle` and `tail` are before, among and after the paragraphs of prose."""
    head, middle, tail = pl.col("zone") == "head", pl.col("zone") == "middle", pl.col("zone") == "tail"
    short = pl.col("width") <= HEADING_WIDTH
    return [
        Rule("tags_say_source", "source", _hint("source")),
        Rule("given_title", "title", pl.col("is_given_title")),
        Rule("embedded_post", "promo", _hint("embed")),
        Rule("player", "promo", _hint("player")),
        Rule("related_box", "promo", _hint("related")),
        Rule("no_words", "markup", ~pl.col("has_words")),
        Rule("length_of_recording", "counter", pl.col("is_clock") & pl.col("is_below_button")),
        Rule("hour_alone", "date", pl.col("is_clock")),
        Rule("running_head", "source", pl.col("is_running") & ~pl.col("in_comments")),
        Rule("tags_say_markup", "markup", _hint("markup")),
        Rule("date_between_prose", "heading", middle & pl.col("is_late_date")),
        Rule("cut_from_line", "_part", pl.col("part_role").is_not_null() & ~pl.col("in_comments")),
        Rule(
            "tags_say",
            "_hint",
            _hint("title", "caption", "credit", "promo", "tags", "source", "comment", "table", "byline"),
        ),
        *(Rule(kind, role, pl.col("aside") == kind) for kind, role in ASIDES.items()),
        Rule("address_below", "source", _cue("source") & pl.col("is_address")),
        Rule("comment_votes", "counter", pl.col("in_comments") & _cue("counter")),
        Rule("comment_tools", "promo", pl.col("in_comments") & _cue("promo")),
        Rule("comment_count", "counter", _cue("comment_header") & pl.col("holds_number")),
        Rule("comment_header", "promo", _cue("comment_header")),
        Rule("menu_of_comments", "promo", pl.col("in_comments") & pl.col("is_menu") & ~pl.col("is_reader")),
        Rule("breadcrumbs_on_top", "promo", pl.col("is_breadcrumbs") & (pl.col("place") == 0)),
        Rule("after_comment_header", "comment", pl.col("in_comments")),
        Rule("keypoints_header", "keypoints", pl.col("is_keypoints_header") & ~tail),
        Rule("keypoints_list", "keypoints", pl.col("in_keypoints") & ~tail),
        Rule("tags_label", "tags", _cue("tags")),
        Rule("source_label", "source", _cue("source")),
        Rule("agency_alone", "agency_credit", _cue("agency_credit") & ~head),
        Rule("agency_in_header", "byline", _cue("agency_credit")),
        Rule("counter_words", "counter", _cue("counter")),
        Rule("promo_words", "promo", _cue("promo")),
        Rule(
            "paragraph_of_page",
            "body",
            _hint("paragraph") & pl.col("is_free") & pl.col("is_ended") & ~head & ~pl.col("is_first_prose"),
        ),
        Rule("table_cells", "table", pl.col("is_table")),
        Rule("table_words", "table", _cue("table") & pl.col("is_beside_table")),
        Rule("table_title", "table", pl.col("is_table_title")),
        Rule("outlet_first", "source", pl.col("is_outlet") & head & (pl.col("place") <= OUTLET_PLACES)),
        Rule("outlet_below_name", "byline", pl.col("is_outlet") & head),
        Rule("short_words_of_text", "tags", tail & pl.col("is_tag") & ~_cue("promo", "counter", "source")),
        Rule("below_promo_header", "promo", pl.col("in_promo") & ~_cue("date", "byline", "name")),
        Rule("below_agency_credit", "comment", pl.col("after_credit") & pl.col("is_free") & pl.col("is_ended")),
        Rule("about_author", "byline", pl.col("is_biography")),
        Rule(
            "initials_of_agency",
            "agency_credit",
            pl.col("is_initials") & tail & pl.col("short_line").str.contains(AGENCY_INITIALS),
        ),
        Rule("wire_initials", "byline", pl.col("is_initials")),
        Rule("byline_words", "byline", _cue("byline")),
        Rule("name_alone", "byline", _cue("name")),
        Rule("breadcrumbs", "promo", pl.col("is_breadcrumbs")),
        Rule("words_of_text", "tags", pl.col("is_tag") & (pl.col("is_name_list") | pl.col("is_menu"))),
        Rule("menu", "promo", pl.col("is_menu")),
        Rule("caption_words", "caption", _cue("caption")),
        Rule("credit_words", "credit", _cue("credit")),
        Rule(
            "printed_twice",
            "caption",
            pl.col("is_twin") & (pl.col("place") <= pl.col("first") + 1) & ~pl.col("is_title"),
        ),
        Rule("repeated_in_header", "caption", head & pl.col("is_repeated") & ~pl.col("is_title")),
        Rule("ends_in_full_date", "caption", pl.col("is_dated_caption") & (head | pl.col("is_header"))),
        Rule("above_credit", "caption", pl.col("is_above_credit") & ~pl.col("is_title")),
        Rule("repeated_in_source", "promo", pl.col("is_furniture")),
        Rule("pointer", "promo", pl.col("is_pointer") & head),
        Rule("title_in_digest", "heading", pl.col("is_digest_title")),
        Rule("name_below_title", "byline", head & pl.col("is_below_title") & pl.col("is_name_line")),
        Rule("menu_above_title", "promo", pl.col("is_menu_line") & ~pl.col("is_title")),
        Rule("slug_of_agency", "source", pl.col("is_slug") & ~pl.col("is_title")),
        Rule("interviewee_above_title", "tags", pl.col("is_interviewee")),
        Rule("section_label", "tags", pl.col("is_label")),
        Rule("heading_above_title", "tags", _hint("heading") & head & ~pl.col("is_below_title")),
        Rule(
            "deck_in_heading",
            "lead",
            _hint("heading") & head & pl.col("ends_sentence") & (pl.col("width") >= LEAD_WIDTH),
        ),
        Rule("heading_of_nothing", "promo", _hint("heading") & ~pl.col("has_text_below")),
        Rule("first_unclosed_line", "title", pl.col("is_title")),
        Rule("tags_say_lead", "lead", _hint("lead") & (head | pl.col("is_first_prose"))),
        Rule("deck_of_another", "promo", _hint("lead") & tail),
        Rule("tags_say_heading", "heading", _hint("heading")),
        Rule("list_below_colon", "body", pl.col("after_colon") & ~head),
        Rule("list_of_names", "tags", tail & pl.col("is_name_list")),
        Rule("marked_line_alone", "heading", middle & short & pl.col("is_marked_alone")),
        Rule("list_item", "body", pl.col("is_bulleted") & ~pl.col("is_dashed_heading") & middle),
        Rule("quoted_between_prose", "heading", middle & pl.col("short_line").str.contains(QUOTED_HEADING)),
        Rule("first_prose", "lead", pl.col("is_first_prose")),
        Rule("below_title", "lead", head & (pl.col("is_ended") | (pl.col("width") >= LEAD_WIDTH))),
        Rule("quoted_sentence", "lead", head & pl.col("ends_sentence") & pl.col("short_line").str.contains(OPEN_QUOTE)),
        Rule("label_in_header", "tags", head & ~pl.col("is_below_title") & pl.col("first").is_not_null()),
        Rule("button_in_header", "promo", head),
        Rule("unclosed_in_header", "promo", pl.col("is_header") & short & ~pl.col("is_ended")),
        Rule("question_of_interview", "body", middle & pl.col("is_question") & pl.col("is_interview")),
        Rule("question_before_prose", "heading", middle & pl.col("is_question") & pl.col("precedes_prose")),
        Rule(
            "link_by_its_kind",
            "promo",
            middle & pl.col("is_kind_of_link") & (~pl.col("is_ended") | pl.col("clean").str.ends_with("?")),
        ),
        Rule("boxed_between_prose", "promo", middle & pl.col("is_boxed")),
        Rule("phone_between_prose", "promo", middle & ~pl.col("is_ended") & pl.col("short_line").str.contains(PHONE)),
        Rule("unclosed_between_prose", "heading", middle & short & ~pl.col("is_ended") & ~pl.col("ends_in_colon")),
        Rule("dashed_heading", "heading", pl.col("is_dashed_heading") & ~tail),
        Rule("name_at_end", "byline", tail & pl.col("is_name_line") & ~pl.col("is_echoed")),
        Rule("unclosed_at_end", "promo", tail & short & ~pl.col("is_ended") & ~pl.col("goes_further")),
        Rule("prose", "body", pl.lit(True)),
    ]


def add_roles(parts: pl.DataFrame) -> pl.DataFrame:
    """Give each part its role.

    In:  parts of documents, in order, with the columns of transforms/layout/cues.py and transforms/layout/parts.py.
    Out: same rows, plus role and role_rule, the rule that gave it.
    """
    seen = (
        parts.pipe(_add_profile)
        .pipe(add_asides)
        .pipe(add_surroundings)
        .pipe(_add_prose)
        .pipe(_add_comments)
        .pipe(_add_zones)
        .pipe(_add_title)
        .pipe(_add_boxes)
        .pipe(add_menus)
    )
    rules = list_rules()
    named = seen.with_columns(
        role_rule=pl.coalesce(*(pl.when(rule.when.fill_null(False)).then(pl.lit(rule.name)) for rule in rules))
    )
    role = pl.col("role_rule").replace_strict({rule.name: rule.role for rule in rules})
    return named.with_columns(
        role=pl.when(role == "_part").then("part_role").when(role == "_hint").then("hint").otherwise(role),
        role_rule=pl.when(role == "_part").then("part_rule").otherwise("role_rule"),
    )


def _add_profile(parts: pl.DataFrame) -> pl.DataFrame:
    """Length and marks of each part, whatever stands around it."""
    text = pl.col("clean")
    mark = pl.col("cue").is_in(["date", "byline"]) | pl.col("part_role").is_in(["date", "byline"])
    first = pl.col("doc").diff().fill_null(1) != 0
    above_mark = mark.fill_null(False).pipe(from_below).fill_null(False) & (text.str.len_chars() > LABEL_WIDTH)
    captioned = pl.col("cue").is_in(["caption", "credit"]) | ((pl.col("cue") == "promo") & above_mark)
    parts = parts.with_columns(prose_lines=(text.str.len_chars() >= PROSE_WIDTH * 2).cum_sum().over("doc")).pipe(
        add_weak_titles
    )
    titled = pl.col("raw").str.contains(r"^#{1,2}\s") & (pl.col("prose_lines") == 0) & ~pl.col("is_weak")
    titled = titled & ~pl.col("is_part") & pl.col("hint").is_null() & ~pl.col("has_given_title")
    top = titled & (pl.col("raw").str.contains(r"^#\s") | pl.col("is_below_weak"))
    parts = parts.with_columns(
        hint=pl.when(top & (top.cum_sum().over("doc") == 1)).then(pl.lit("title")).otherwise("hint")
    )
    tagged = (pl.col("hint") == "paragraph").fill_null(False).any().over("doc")
    parts = parts.with_columns(is_top=first & captioned.fill_null(False), is_tagged=tagged).with_columns(
        place=pl.int_range(pl.len()).over("doc").cast(pl.Int64),
        width=text.str.len_chars().cast(pl.Int64),
        cue=pl.when(pl.col("is_part") | pl.col("is_top")).then(None).otherwise("cue"),
        has_words=text.str.contains(r"[\p{L}\p{N}]"),
        is_ended=text.str.contains(ENDED),
        ends_sentence=text.str.contains(r"[.…]\s*[»”\")]?$"),
        has_two_sentences=text.str.contains(r"[.!?…»]\s+[«“\"]?\s?\p{Lu}.*[.!?…»\"]$"),
        is_interview=text.str.contains(r"(?i)^(?:entretien|interview)|recueillis? par").any().over("doc"),
        is_question=text.str.contains(r"^[^.!?]{3,80}\?$"),
        ends_in_colon=text.str.ends_with(":"),
        goes_further=text.str.ends_with(":") | (text.str.ends_with(";") & (text.str.len_chars() >= SIGNED_WIDTH)),
        holds_number=text.str.contains(r"\d"),
        is_address=text.str.contains(r"^(?i:source\s*:\s*)?(?:https?://|www\.)\S+$"),
        is_initials=text.str.contains(WIRE_INITIALS),
        is_outlet=text.is_in(_find_outlets(parts).implode()) & (pl.col("cue").is_null() | (pl.col("cue") == "name")),
        short_line=pl.when(text.str.len_chars() <= LINE_WIDTH).then(text).otherwise(NO_TEXT),
        is_pointer=pl.col("raw").str.contains(POINTER),
        is_clock=text.str.contains(CLOCK),
        is_below_button=(pl.col("cue") == "promo").pipe(from_above).fill_null(False)
        & (text.str.contains(CLOCK).sum().over("doc") == 1),
        is_dashed_heading=pl.col("raw").str.contains(r"^[-–—]\s.{1,90}\s?[-–—]$"),
        is_repeated=(text.str.len_chars() >= 20) & (pl.len().over("doc", "clean") > 1),
    )
    # A closed sentence is no list, menu or cell, but where a mark between its parts says so.
    marked = pl.col("raw").str.contains(MARKED_LINE)
    line = parts.filter((pl.col("width") <= LINE_WIDTH) & (~pl.col("is_ended") | marked)).select(
        "part_id", "clean", "raw", "part_role", cue=pl.col("cue").fill_null("")
    )
    cells = pl.max_horizontal(
        text.str.strip_chars("| ").str.count_matches(r"\|"),
        text.str.count_matches(r"\S ; \S"),
        pl.col("raw").str.count_matches(r"\S(?:\t+| {3,})\S"),
    )
    line = line.select(
        "part_id",
        is_breadcrumbs=text.str.contains(BREADCRUMBS),
        is_menu=text.str.contains(MENU)
        | ((pl.col("raw").str.count_matches(r"\S\s{2,}\S") >= 2) & ~text.str.contains(r"[.!?]$")),
        is_name_list=text.str.contains(NAME_LIST),
        is_result=pl.col("raw").str.contains(RESULT),
        is_kind_of_link=text.str.replace(r"^\p{So}\s*", "").str.contains(KIND_OF_LINK),
        is_spec=pl.col("clean").str.contains(SPEC) & pl.col("cue").is_in([""]) & pl.col("part_role").is_null(),
        is_score=pl.col("clean").is_in(_find_scores(line).implode()),
        cells=pl.when(pl.col("cue").is_in(["promo", "source", "date", "byline"])).then(0).otherwise(cells),
    )
    cells = pl.col("cells")
    before, after = cells.pipe(from_above), cells.pipe(from_below)
    # A corner left empty, or stripped with the line, makes the header of a table one cell shorter.
    same = (cells == before) | (cells == after) | ((cells >= 2) & ((cells == before - 1) | (cells == after - 1)))
    result = pl.col("is_result") | (pl.col("is_spec") & ~pl.col("is_bulleted"))
    ranked = pl.col("raw").str.contains(r"^\d{1,3}[.)] \p{Lu}.{3,60}$")
    result = result | (ranked & (result.pipe(from_above) | result.pipe(from_below)).fill_null(False))
    results = result & (result.pipe(from_above) | result.pipe(from_below)).fill_null(False)
    parts = parts.join(line, on="part_id", how="left", maintain_order="left").with_columns(
        pl.col(
            "is_breadcrumbs", "is_menu", "is_name_list", "is_result", "is_score", "is_spec", "is_kind_of_link"
        ).fill_null(False),
    )
    parts = parts.with_columns(
        is_table=((cells >= 1) & same).fill_null(False)
        | (text.str.starts_with("|") & text.str.ends_with("|") & (pl.col("width") > 1))
        | results.fill_null(False)
        | (pl.col("is_score") & pl.col("cue").is_null()),
        is_pointer=pl.col("is_pointer")
        & ~(pl.col("is_pointer").shift(1) | pl.col("is_pointer").shift(-1)).fill_null(False),
    )
    table = pl.col("is_table") | (pl.col("cue") == "table").fill_null(False)
    beside = (table.pipe(from_above) | table.pipe(from_below)).fill_null(False)
    title = (
        pl.col("is_table").pipe(from_below).fill_null(False)
        & pl.col("cue").is_null()
        & ~pl.col("is_part")
        & ~pl.col("is_ended")
        & ~pl.col("ends_in_colon")
        & (pl.col("width") <= HEADING_WIDTH)
        & (pl.col("place") > 0)
    )
    # The title of the article may stand above a score; that of a table has some text above it.
    wide = (pl.col("width") >= TITLE_LEAST) & pl.col("cue").is_null() & pl.col("part_role").is_null()
    title = title & ((wide & ~pl.col("is_table")).cum_sum().over("doc") - wide.cast(pl.Int64) > 0)
    return parts.with_columns(is_beside_table=beside, is_table_title=title & ~pl.col("is_table"))


def _find_outlets(parts: pl.DataFrame) -> pl.Series:
    """Short lines that name a paper or a station."""
    names = pl.col("cue").is_null() | (pl.col("cue") == "name")
    lines = parts.filter(names, pl.col("clean").str.len_bytes() <= OUTLET_BYTES)["clean"].unique()
    # One or two short lines per document, 1 µs each; Polars takes 18 ms to read the expression, for every batch.
    return pl.Series([line for line in lines if re.match(outlet_pattern(), line)], dtype=pl.String)


def _find_scores(lines: pl.DataFrame) -> pl.Series:
    """Lines that are results, among those that hold numbers."""
    numbered = lines.filter(pl.col("clean").str.contains(NUMBERED))["clean"].unique()
    # One line in ten documents; Polars takes 12 ms to read the expression, for every batch.
    return pl.Series([line for line in numbered if SCORE.search(line)], dtype=pl.String)


def _add_prose(parts: pl.DataFrame) -> pl.DataFrame:
    """Add is_prose: a part that reads as running text, with nothing that says otherwise.

    A sentence of PROSE_WIDTH, two short ones, or, once a byline or a date has been seen, any closed one of some length.
    The first free line must end like a sentence: a title may end in a quotation or a question.
    """
    parts = parts.pipe(_keep_names).pipe(_add_outlets)
    cue, width = pl.col("cue").fill_null(""), pl.col("width")
    bare = pl.col("hint").is_null() | pl.col("hint").is_in(["lead", "list", "paragraph"])
    other = (
        pl.col("is_breadcrumbs") | pl.col("is_menu") | pl.col("is_table") | pl.col("is_initials") | pl.col("is_outlet")
        | pl.col("is_table_title") | pl.col("is_running") | pl.col("is_foreign") | pl.col("is_reader")
        | pl.col("is_biography") | pl.col("is_clock") | pl.col("is_furniture")
        | (pl.col("aside").is_not_null() & (pl.col("aside") != "verse"))
    )  # fmt: skip
    credited = (pl.col("part_rule") == "credit_alone") | (pl.col("cue") == "credit")
    # A credit that closes the text stands below its last sentence, one among the text below a caption.
    text_below = (cue == "") & pl.col("is_ended") & (width >= SIGNED_WIDTH) & pl.col("part_role").is_null()
    more = text_below.pipe(from_below).fill_null(False).cum_sum(reverse=True).over("doc") > 0
    parts = parts.with_columns(
        is_free=(cue == "") & pl.col("part_role").is_null() & pl.col("has_words") & bare & ~other,
        is_mark=cue.is_in(["date", "byline", "name"]) | pl.col("part_role").is_in(["date", "byline"]).fill_null(False),
        is_twin=pl.col("is_repeated")
        & ((pl.col("clean") == pl.col("clean").shift(1)) | (pl.col("clean") == pl.col("clean").shift(-1))).fill_null(
            False
        ),
    ).with_columns(
        is_first=pl.col("is_free") & (pl.col("is_free").cum_sum().over("doc") == 1),
        is_signed=pl.col("is_mark").cum_sum().over("doc") > 0,
        follows_dateline=((pl.col("part_role") == "dateline") & (pl.col("part_rule") != "dateline_alone"))
        .pipe(from_above)
        .fill_null(False),
        is_above_credit=pl.col("is_free")
        & (width <= HEADING_WIDTH)
        & more
        & credited.pipe(from_below).fill_null(False)
        & (pl.col("place") > 0)
        & ~pl.col("is_part"),
    )
    closed = pl.col("is_ended") & (~pl.col("is_first") | pl.col("ends_sentence"))
    # A first line right above a byline or a date is the title, however it ends.
    parts = parts.with_columns(is_headline=pl.col("is_first") & pl.col("is_mark").pipe(from_below).fill_null(False))
    closed = closed & ~pl.col("is_headline")
    long = closed & (width >= PROSE_WIDTH)
    # A question in one sentence is a heading or the title of another article, whatever stands above.
    asks = pl.col("is_question") & (width < PROSE_WIDTH)
    two = ~pl.col("is_first") & pl.col("ends_sentence") & (width >= TWO_SENTENCES_WIDTH) & pl.col("has_two_sentences")
    signed = pl.col("is_signed") & ~pl.col("is_first") & pl.col("is_ended") & (width >= SIGNED_WIDTH) & ~asks
    cut_off = (
        (width >= CUT_OFF_WIDTH) & pl.col("clean").str.contains(r"[.!?…»]\s+[«“\"]?\s?\p{Lu}") & ~pl.col("is_first")
    )
    prose = long | two | cut_off | signed | (width > TITLE_WIDTH) | pl.col("follows_dateline")
    # A brief: an open line, and below it nothing longer than its sentences.
    open_top = (pl.col("is_first") & pl.col("is_free") & ~pl.col("is_ended") & (width >= TITLE_LEAST)).any().over("doc")
    sentence = pl.col("is_free") & ~pl.col("is_first") & pl.col("ends_sentence") & (width >= SIGNED_WIDTH) & ~asks
    prose = prose | (sentence & open_top & ~(prose & pl.col("is_free")).any().over("doc"))
    parts = parts.pipe(_add_points)
    other = pl.col("is_twin") | pl.col("is_above_credit") | pl.col("in_points")
    parts = parts.with_columns(is_prose=pl.col("is_free") & prose & ~other)
    parts = parts.with_columns(prose_before=pl.col("is_prose").cum_sum().over("doc"))
    beside_credit = credited.pipe(from_below).fill_null(False) | credited.pipe(from_above).fill_null(False)
    dated = pl.when(pl.col("is_prose") & (width <= TITLE_WIDTH)).then("clean").otherwise(NO_TEXT)
    early = pl.col("prose_before") <= 1
    timed = pl.col("dated").struct.field("dates").list.eval(pl.element().struct.field("hour").is_not_null()).list.any()
    cued = pl.col("dated").struct.field("dates").list.eval(pl.element().struct.field("cue").is_not_null()).list.any()
    return parts.with_columns(
        is_dated_caption=early
        & dated.str.contains(DATED_CAPTION)
        & (beside_credit | ~dated.str.contains(PAST))
        & ~pl.col("follows_dateline")
    ).with_columns(
        is_prose=pl.col("is_prose") & ~pl.col("is_dated_caption"),
        is_late_date=(pl.col("part_rule") == "date_line")
        & (pl.col("prose_before") > HEADER_PROSE)
        & ~cued.fill_null(False)
        & ~timed.fill_null(False),
    )


def _add_points(parts: pl.DataFrame) -> pl.DataFrame:
    """Add heads_points and in_points: key points without bullets, two or more short lines below their header.

    They are unclosed or, in a box above the text, of one short sentence each.
    """
    unclosed = ~pl.col("is_ended") & (pl.col("width") <= POINT_WIDTH)
    sentence = pl.col("is_ended") & ~pl.col("has_two_sentences") & (pl.col("width") < PROSE_WIDTH)
    sentence = sentence & (pl.col("place") <= TOP_LINES) & ~pl.col("is_question")
    point = pl.col("is_free") & (unclosed | sentence)
    point = point & (pl.col("width") >= SENTENCE_WIDTH) & ~pl.col("is_bulleted")
    parts = parts.with_columns(is_point=point.fill_null(False))
    below = [pl.col("is_point").pipe(from_below, i).fill_null(False) for i in (1, 2)]
    parts = parts.with_columns(heads_points=(pl.col("cue") == "keypoints").fill_null(False) & below[0] & below[1])
    return parts.with_columns(in_points=_spread("heads_points", "is_point"))


def _add_outlets(parts: pl.DataFrame) -> pl.DataFrame:
    """Make is_outlet also true of a short line among the first ones that a line of furniture repeats: © Le Phare."""
    text = pl.col("clean")
    furniture = ((pl.col("cue") == "source") | text.str.contains("©")) & (pl.col("width") <= LINE_WIDTH)
    below = (
        parts.filter(furniture.fill_null(False) & (pl.col("place") > OUTLET_PLACES))
        .group_by("doc")
        .agg(_furniture=text.str.join("\n"))
    )
    if below.is_empty():
        return parts
    first = parts.filter(
        pl.col("cue").is_null() & (pl.col("place") <= OUTLET_PLACES) & pl.col("width").is_between(5, LABEL_WIDTH)
    )
    named = first.join(below, on="doc").filter(pl.col("_furniture").str.contains(text, literal=True)).select("part_id")
    return parts.with_columns(is_outlet=pl.col("is_outlet") | pl.col("part_id").is_in(named["part_id"].implode()))


def _keep_names(parts: pl.DataFrame) -> pl.DataFrame:
    """A name alone signs where the header goes on below or above it, or where it closes the text; elsewhere it is
    text."""
    cue, text = pl.col("cue").fill_null(""), pl.col("width") >= PROSE_WIDTH
    said = pl.coalesce("cue", "part_role", pl.lit(""))
    before, after = said.pipe(from_above), said.pipe(from_below)
    marks = ["date", "byline", "counter"]
    beside = before.is_in(marks) | after.is_in(marks)
    named = pl.when(cue == "name").then("clean").otherwise(NO_TEXT)
    mixed = named.str.contains(r"\p{Ll}")
    wide = ((cue == "") & pl.col("part_role").is_null() & (pl.col("width") >= TITLE_LEAST)).cum_sum().over("doc")
    titled = pl.col("place").is_between(1, 2) | (pl.col("place").is_between(3, 5) & (wide > 0))
    first = named.str.extract(r"^(\p{Lu}+)").str.to_lowercase()
    mixed = mixed | first.is_in(_first_names().implode()).fill_null(False)
    early = titled & ((text & (cue == "")).cum_sum().over("doc") == 0) & mixed
    left = (text & (cue == "")).cum_sum(reverse=True).over("doc") == 0
    least = pl.when(named.str.contains(INITIALS)).then(SENTENCE_WIDTH).otherwise(SIGNED_WIDTH)
    closes = left & (pl.col("width").pipe(from_above) >= least) & (pl.col("place") > 1)
    on_top = (pl.col("place") == 0) & (after == "date") & named.str.contains(SIGNED_ON_TOP)
    given = named.str.extract(SIGNED_ON_TOP).str.to_lowercase()
    on_top = on_top & ~given.is_in(lexicon.read("common_words")["word"].implode()).fill_null(True)
    title = (cue == "") & ~pl.col("is_ended") & pl.col("width").is_between(TITLE_LEAST, TITLE_WIDTH)
    on_top = on_top & (title.cast(pl.Int64).sum().over("doc") > 0)
    signs = (((pl.col("place") > 0) & (beside | early | closes)) | on_top).fill_null(False)
    return parts.with_columns(cue=pl.when((cue == "name") & ~signs).then(None).otherwise("cue"))


def _is_name_line() -> pl.Expr:
    """A first name, a name in capitals, and perhaps a paper after a comma: a byline, if no person a picture shows."""
    line = (
        pl.when(pl.col("is_free") & ~pl.col("is_ended") & (pl.col("width") <= NAME_LINE_WIDTH))
        .then("clean")
        .otherwise(NO_TEXT)
    )
    first = line.str.extract(NAME_LINE).str.to_lowercase()
    return first.is_in(_first_names().implode()).fill_null(False) & (pl.col("place") > 0)


@cache
def _first_names() -> pl.Series:
    return lexicon.read("first_names")["name"].str.to_lowercase().unique()


def _add_comments(parts: pl.DataFrame) -> pl.DataFrame:
    """Add in_comments: whether readers write from here on.

    They begin at a header or a first `X dit :` that comes after most of the text, at a counter of views after it, or,
    where nearly all of the document is signed so, at its first `X dit :`.
    """
    size = pl.when("is_prose").then("width").otherwise(0)
    share = size.cum_sum().over("doc") / size.sum().over("doc").clip(1)
    authors = (pl.col("cue") == "comment_author").fill_null(False)
    low = (share >= COMMENTS_AFTER) & (size.sum().over("doc") > 0)
    alone = (pl.col("place") == 0) & pl.col("is_reader").any().over("doc")
    line = (
        pl.when(pl.col("cue").is_in(["comment_author", "comment_header", "counter"])).then("clean").otherwise(NO_TEXT)
    )
    counted = (pl.col("cue") == "counter") & line.str.contains(COUNT_OF_READERS)
    header = ((pl.col("cue") == "comment_header") | counted) & (low | alone)
    reading_time = line.str.contains(r"(?i)lecture|\bread")
    spoken = line.str.to_lowercase().str.contains(PRONOUN)
    below = (pl.col("part_role") == "date").fill_null(False).pipe(from_below).fill_null(False)
    dated = below | line.str.contains(r"(?i)il y a |(?:posté|publié|envoyé|déposé|écrit)e? (?:à|le|hier|par) ")
    reader = pl.col("is_reader")
    parts = parts.with_columns(
        is_author=(authors & ~spoken) | reader, is_dated_author=(authors & ~spoken & dated) | reader
    )
    several = (pl.col("is_author").sum().over("doc") >= 2) & pl.col("is_dated_author").any().over("doc")
    signed = pl.col("is_author") & (several | (pl.col("is_dated_author") & (share >= COMMENTS_AFTER)))
    credit = (pl.col("cue") == "agency_credit") & (share >= CREDIT_AFTER) & (pl.col("place") >= 3)
    begins = ((header & ~reading_time) | signed).fill_null(False) & ~pl.col("is_tagged")
    parts = parts.with_columns(
        begins=begins,
        begun=begins.cum_sum().over("doc") > 0,
        credited=credit.fill_null(False).cum_sum().over("doc") > 0,
    )
    return parts.with_columns(
        in_comments=(pl.col("begun") & ~(pl.col("begins") & ~(authors | reader))) | pl.col("is_foreign"),
        after_credit=pl.col("credited") & ~(pl.col("cue") == "agency_credit").fill_null(False),
        is_prose=pl.col("is_prose") & ~pl.col("begun") & ~pl.col("credited"),
    )


def _add_zones(parts: pl.DataFrame) -> pl.DataFrame:
    """Add zone: before, among or after the paragraphs of prose; and is_header, from the top to the last byline or date
    that no more than two paragraphs of prose come before.

    Short sentences after the last long one go on with the text until tags, a source, a credit of an agency or a list of
    unclosed lines.
    """
    place, cue = pl.col("place"), pl.col("cue").fill_null("")
    spaced = pl.col("blank_before").mean().over("doc") >= SPACED_SHARE
    closes = (
        pl.col("is_free")
        & pl.col("is_ended")
        & ~pl.col("in_comments")
        & ~pl.col("after_credit")
        & (pl.col("width") >= SENTENCE_WIDTH)
    )
    parts = parts.with_columns(
        is_spaced=spaced,
        first=place.filter(pl.col("is_prose")).min().over("doc"),
        last_long=place.filter(pl.col("is_prose")).max().over("doc"),
        is_closing=closes & ~pl.col("is_twin"),
        is_unclosed=pl.col("is_free") & ~pl.col("is_ended"),
        header_end=place.filter(pl.col("is_mark") & (pl.col("prose_before") <= HEADER_PROSE)).max().over("doc"),
    )
    under_box = (cue.pipe(from_above) == "promo") & ~pl.col("blank_before")
    list_of_links = pl.col("is_unclosed") & (pl.col("is_unclosed").shift(1) | (cue.shift(1) == "promo")).fill_null(
        False
    )
    stops = (
        cue.is_in(["tags", "source", "agency_credit"])
        | list_of_links
        | ((cue == "promo") & ~pl.col("is_spaced"))
        | under_box
    )
    parts = parts.with_columns(is_stop=(stops & (place > pl.col("last_long"))).fill_null(False))
    goes_on = pl.col("is_closing") & (pl.col("is_stop").cum_sum().over("doc") == 0)
    parts = parts.with_columns(goes_on=goes_on)
    last = pl.max_horizontal("last_long", place.filter(pl.col("goes_on")).max().over("doc"))
    before_prose = pl.col("first").is_null() | (place < pl.col("first"))
    return parts.with_columns(
        zone=pl.when(before_prose)
        .then(pl.lit("head"))
        .when(place > last)
        .then(pl.lit("tail"))
        .otherwise(pl.lit("middle")),
        is_first_prose=pl.col("is_prose") & (place == pl.col("first")),
        is_header=(place < pl.col("header_end")).fill_null(False),
    )


def _add_title(parts: pl.DataFrame) -> pl.DataFrame:
    """Add is_title and is_label: the first free line of the header, and the short label above it."""
    parts = parts.pipe(_name_first_heading).pipe(_add_candidates).pipe(_add_sections).pipe(_add_labels)
    hinted = (pl.col("hint") == "title").fill_null(False)
    titled = hinted.any().over("doc")
    rest = pl.col("is_candidate") & ~pl.col("is_label")
    return parts.with_columns(
        is_title=~titled & rest & (rest.cum_sum().over("doc") == 1) & pl.col("first").is_not_null()
    ).with_columns(is_below_title=(pl.col("is_title") | hinted).cum_sum().over("doc") > 0)


def _name_first_heading(parts: pl.DataFrame) -> pl.DataFrame:
    """Make the first heading above the prose the title, where nothing else says what is: in print and in documents the
    title is only set larger."""
    heading = (pl.col("hint") == "heading").fill_null(False) & (pl.col("zone") == "head") & ~pl.col("is_ended")
    heading = heading & (pl.col("width") >= LABEL_WIDTH) & pl.col("first").is_not_null()
    untitled = ~(pl.col("hint") == "title").fill_null(False).any().over("doc")
    first = heading & untitled & (heading.cum_sum().over("doc") == 1)
    return parts.with_columns(hint=pl.when(first).then(pl.lit("title")).otherwise("hint"))


def _add_candidates(parts: pl.DataFrame) -> pl.DataFrame:
    """Add is_candidate: a line that may be the title or a label above it, and whether it is in capitals; and
    is_passed_over, where a line with words of the text makes another one weak."""
    candidate = (
        (
            pl.col("is_free")
            | (pl.col("cue") == "byline").fill_null(False) & (pl.col("place") == 0) & pl.col("is_long_line")
        )
        & (pl.col("zone") == "head")
        & ~pl.col("in_comments")
        & (pl.col("width") <= TITLE_WIDTH)
        & pl.col("part_role").is_null()
        & ~pl.col("is_name_line")
        & ~pl.col("is_slug")
        & ~pl.col("is_interviewee")
    )
    parts = parts.pipe(_add_tops)
    parts = parts.with_columns(is_long_line=pl.col("width") >= 40, is_name_line=_is_name_line())
    parts = parts.with_columns(is_candidate=candidate.fill_null(False))
    strong = pl.col("is_candidate") & ~pl.col("is_weak") & (pl.col("width") >= TITLE_LEAST) & ~pl.col("is_ended")
    weak = pl.col("is_candidate") & pl.col("is_weak") & strong.any().over("doc")
    parts = parts.with_columns(is_candidate=pl.col("is_candidate") & ~weak, is_passed_over=weak)
    tried = pl.when("is_candidate").then("clean").otherwise(NO_TEXT)
    return parts.with_columns(_capital=~tried.str.contains(r"\p{Ll}"))


def _add_tops(parts: pl.DataFrame) -> pl.DataFrame:
    """Add is_slug, the words an agency files a story under, and is_interviewee, who speaks in the title below."""
    top = (pl.col("zone") == "head") & pl.col("cue").is_null()
    line = pl.when(top).then("short_line").otherwise(NO_TEXT)
    slug = line.str.contains(SLUG) & ~line.str.contains(TOWN) & (pl.col("place") < SLUG_PLACES)
    below = pl.col("short_line").pipe(from_below).str.contains(WHOLLY_QUOTED).fill_null(False)
    first = line.str.extract(INTERVIEWEE).str.to_lowercase()
    known = first.is_in(_first_names().implode()).fill_null(False)
    return parts.with_columns(is_slug=slug, is_interviewee=known & below)


def _add_sections(parts: pl.DataFrame) -> pl.DataFrame:
    """Add _few (words), _known (the name of a section) and _parted (such a name before a mark)."""
    following, capital = pl.col("is_candidate").pipe(from_below).fill_null(False), pl.col("_capital")
    sections = lexicon.read("sections")["form"].implode()
    brief = pl.when(pl.col("width") <= 2 * LABEL_WIDTH).then("clean").otherwise(NO_TEXT)
    parts = parts.with_columns(
        _bare=brief.str.to_lowercase().str.replace(r"^(?:l[ae]s? |l’)", ""),
        _few=brief.str.count_matches(r"\S+") <= LABEL_WORDS,
    )
    bare = pl.col("_bare")
    # FOOTBALL – COUPE DE FRANCE: a known section before a mark, in a line that another one follows.
    first_piece = (
        pl.when("is_candidate", pl.col("width") <= 2 * LABEL_WIDTH)
        .then(bare)
        .otherwise(NO_TEXT)
        .str.extract(r"^([^–—/|•·>\p{So}]*?[^–—/|•·>\p{So}\s])\s*(?:[–—/|•·>\p{So}]|\s-\s)")
    )
    parted = first_piece.is_in(sections) & following & capital & (pl.col("width") <= 2 * LABEL_WIDTH)
    known = (bare.is_in(sections) & (pl.col("width") <= LABEL_WIDTH)) | parted
    return parts.with_columns(_known=known.fill_null(False), _parted=parted.fill_null(False))


def _add_labels(parts: pl.DataFrame) -> pl.DataFrame:
    """Add is_label: a section or a few words above a title, or capitals above a line in small letters."""
    following, capital = pl.col("is_candidate").pipe(from_below).fill_null(False), pl.col("_capital")
    known, parted, few = pl.col("_known"), pl.col("_parted"), pl.col("_few").fill_null(False)
    capitals = capital & ~capital.pipe(from_below)
    wider = (
        (pl.col("width").pipe(from_below) > 1.3 * pl.col("width"))
        & (pl.col("width").pipe(from_below) >= LABEL_WIDTH)
        & ~pl.col("ends_sentence").pipe(from_below)
    )
    rank = pl.col("is_candidate").cum_sum().over("doc")
    mixed = pl.col("is_candidate") & ~capital & (pl.col("width") >= SIGNED_WIDTH) & ~pl.col("ends_sentence")
    parts = parts.with_columns(_rank=rank).with_columns(first_mixed=pl.col("_rank").filter(mixed).min().over("doc"))
    above = pl.col("first_mixed").cast(pl.Int64) - pl.col("_rank").cast(pl.Int64)
    stacked = pl.col("is_candidate") & capital & above.is_between(1, 2)
    label = (
        (stacked & (pl.col("width") <= LABEL_WIDTH) & ~pl.col("is_ended")).fill_null(False)
        | (
            pl.col("is_candidate")
            & (rank == 1)
            & (pl.col("width") <= LABEL_WIDTH)
            & ~pl.col("is_ended")
            & (following & ((wider & few) | capitals) | known)
        )
        | (pl.col("is_candidate") & (rank == 1) & parted)
    )
    second = pl.col("is_candidate") & (rank == 2) & known & label.pipe(from_above).fill_null(False) & following
    passed = pl.col("is_passed_over") & (pl.col("width") <= LABEL_WIDTH) & ~pl.col("is_ended")
    return parts.with_columns(is_label=(label | second | passed).fill_null(False))


def _add_boxes(parts: pl.DataFrame) -> pl.DataFrame:
    """Add what lists under a header are: key points, links to other articles; and items after a colon."""
    cue = pl.col("cue").fill_null("")
    spaced = pl.col("blank_before").mean().over("doc") >= SPACED_SHARE
    promo = pl.when((cue == "promo") & (pl.col("width") <= LABEL_WIDTH * 2)).then("clean").otherwise(NO_TEXT)
    text = pl.col("is_prose") | pl.col("goes_on") | pl.col("hint").is_in(["paragraph", "list"]).fill_null(False)
    parts = parts.with_columns(
        has_text_below=text.cum_sum(reverse=True).over("doc") > 0,
        is_item=pl.col("is_bulleted") | (pl.col("hint") == "list").fill_null(False),
        is_next_line=~pl.col("blank_before") & spaced & ~pl.col("is_part"),
        is_keypoints=cue == "keypoints",
        is_promo_header=(promo != "") & ~promo.str.contains(PROMO_WITH_TITLE),
        is_related=promo.str.contains(RELATED),
        is_teaser=((pl.col("is_unclosed") | pl.col("is_question")) & pl.col("is_free") & (pl.col("width") <= BOX_WIDTH))
        | (pl.col("part_rule") == "date_line").fill_null(False),
        is_linked=pl.when(pl.col("zone") == "tail")
        .then(~cue.is_in(["tags", "source", "agency_credit", "promo"]))
        .otherwise(
            ~pl.col("blank_before")
            & spaced
            & (cue == "")
            & (pl.col("width") <= BOX_WIDTH)
            & ~(pl.col("is_prose") & (pl.col("zone") == "head"))
            & ~pl.col("is_first_prose")
        ),
        is_colon=pl.col("ends_in_colon") & (cue == "") & (pl.col("width") >= SIGNED_WIDTH),
    ).with_columns(
        is_listed=pl.col("is_item") | pl.col("is_next_line"),
        is_below_colon=pl.col("is_item") | (pl.col("is_unclosed") & (pl.col("width") <= LIST_ITEM_WIDTH)),
        is_neighbour=(pl.col("is_item").shift(1) | pl.col("is_item").shift(-1) | pl.col("is_colon").shift(1)).fill_null(
            False
        ),
    )
    loose = (
        (pl.col("zone") == "middle") & pl.col("is_unclosed") & (pl.col("width") <= HEADING_WIDTH)
        & ~pl.col("ends_in_colon") & ~pl.col("is_shouted")
        & ~pl.col("short_line").str.contains(r"^\d|^\S+(?: \S+){0,2}\s?:(?:\s\S+){1,4}$")
    )  # fmt: skip
    # A heading in capitals above another one parts the text.
    shouted = pl.when(pl.col("is_unclosed")).then("short_line").otherwise(NO_TEXT).str.contains(SHOUTED)
    parts = parts.with_columns(is_shouted=shouted).with_columns(is_loose=loose)
    above, below = (pl.col("is_loose").pipe(from_above, i).fill_null(False) for i in (1, -1))
    prose_below = (pl.col("is_prose") | pl.col("goes_on") | pl.col("is_item")).pipe(from_below).fill_null(False)
    return parts.with_columns(
        is_boxed=pl.col("is_loose") & (below | (above & ~prose_below)),
        precedes_prose=(pl.col("is_prose") | pl.col("goes_on")).pipe(from_below).fill_null(False)
        & (pl.col("width").pipe(from_below) > pl.col("width")),
        is_keypoints_header=pl.col("is_keypoints")
        & (pl.col("is_listed").pipe(from_below).fill_null(False) | pl.col("heads_points")),
        in_keypoints=_spread("is_keypoints", "is_listed") | pl.col("in_points"),
        in_promo=(_spread("is_promo_header", "is_linked") | _spread("is_related", "is_teaser"))
        & (pl.col("place") > 0)
        & ~pl.col("is_title"),
        after_colon=_spread("is_colon", "is_below_colon"),
        is_marked_alone=pl.col("is_bulleted") & ~pl.col("is_ended") & ~pl.col("is_neighbour"),
    )


def _spread(header: str, item: str) -> pl.Expr:
    """Whether a row is an item below a header, with nothing but items between."""
    last_header = pl.when(header).then("place").forward_fill().over("doc")
    last_stop = pl.when(~pl.col(item) & ~pl.col(header)).then("place").forward_fill().over("doc").fill_null(-1)
    return pl.col(item) & ~pl.col(header) & (last_header > last_stop).fill_null(False)
