"""What the tags of a page say of each line of its text."""

import re
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from transforms.pages.trees import INLINE, UNPRINTED, Element, fold, tidy, words_of

KIND_OF_TAG = {
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "figcaption": "caption", "p": "paragraph", "li": "list", "dd": "list", "blockquote": "paragraph",
    "video": "player", "audio": "player", "nav": "promo", "footer": "promo", "form": "promo", "button": "promo",
    "twitter-tweet": "embed",
}  # fmt: skip
"""What an element is for, by the HTML standard."""


WORDS_OF_KIND = {
    "embed": (
        r"twitter-tweet\w*", "twitter-video", "twitter-embed", "instagram-media", "fb-post", "fb-video", "tiktok-embed",
        "bluesky-embed", "mastodon-embed", "threads-embed", "reddit-embed", "telegram-post", "tweet",
    ),
    "player": (r"(?:video|audio|podcast|dailymotion|youtube|media)-?(?:player|js|embed)", "jwplayer", "plyr"),
    "comment": (r"comments?(?:-(?:list|body|content|text|area))?", "commentaires?", r"disqus\w*", "reponses?"),
    "related": (
        r"(?:article|post|content|see)?-?related(?:-\w+)*", r"(?:a-)?lire(?:-aussi)?", "voir-aussi",
        "read-?(?:also|more)", r"recommend\w*", r"suggest\w*", "most-?(?:read|viewed|popular)", "plus-lus", "teasers?",
        r"newsletter\w*", "outbrain", "taboola", "crp_related", "jp-relatedposts", r"yarpp\w*", "inread",
        r"advert\w*", "pub", "ads?",
    ),
    "promo": (
        "share", "sharing", r"partage\w*", r"social(?:-\w+)*", "breadcrumbs?", "fil-ariane", "paywall", r"subscri\w+",
        "abonnement", "cookies?", "popin", "popup", "modal", "menu", "toolbar", "outils",
    ),
    "credit": ("credits?", "copyright", "photo-?credit", "image-?credit"),
    "caption": (
        "captions?", "legendes?", "wp-caption-text", "image-?caption", "spip_doc_(?:titre|descriptif)",
        "media-?caption",
    ),
    "byline": ("bylines?", "author(?:s|-name|-bio|-info|-box)?", "auteurs?", "signature", "vcard", "writer"),
    "lead": (
        "chapo", "chapeau", "standfirst", "intro", "excerpt", "article-(?:lead|intro|chapo|summary|description)",
        "sous-?titre", "subtitle", "subheadline", "deck", "accroche",
    ),
}  # fmt: skip
TAG_WORDS = ("tags?", "keywords?", "mots-cles", "tag-?(?:list|links|cloud)", "(?:post|entry|article)-tags", "topics")
KIND_OF_CLASS = (
    *((kind, re.compile(rf"(?:^|[\s_-])(?:{'|'.join(words)})(?=$|[\s_-])")) for kind, words in WORDS_OF_KIND.items()),
    ("tags", re.compile(rf"(?:^|\s)(?:{'|'.join(TAG_WORDS)})(?=$|\s)")),
)
"""Words of class and id attributes that say what an element is; whole, or joined to others by - and _, but for tags,
which software writes as tag-politique on the whole article.

Sources: the embed codes of the networks; the classes of SPIP, WordPress, Drupal and their plug-ins for related posts.
"""

WIDEST_SHARE = 0.3
"""An element with more of the page's words than that is the page, whatever its class: `<div class="has-comments">`."""

WIDEST = {"tags": 400, "credit": 300, "caption": 1000, "byline": 800, "lead": 1500, "promo": 800}
"""Characters that an element of a kind has at most."""

UNSHOWN = "unshown"
BOXES = ("embed", "player", "comment", "related")
"""What is inside one of these is that, also a heading or a paragraph."""

KINDS = ("title", *dict.fromkeys([*KIND_OF_TAG.values(), *(kind for kind, _ in KIND_OF_CLASS)]), "date", "table")
"""What a line of a page may be; an empty text where nothing is said."""

LAYOUT_CELL = 300
"""A cell with more characters is a column of the page, not one of a table."""


class Piece(NamedTuple):
    """A line of a page as a browser shows it: text between the borders of blocks and line breaks."""

    text: str
    kind: str
    linked: float
    """Share of its characters that are links."""


def list_pieces(tree: Element) -> list[Piece]:
    """The lines of a page, in order, each with what the innermost element that says anything says of it."""
    pieces: list[Piece] = []
    line = _Line()
    around = [("", False)]
    total = max(1, _count_shown(tree))
    # No recursion: pages nest elements a thousand deep.
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            kind, linked = around[-1]
            own = UNSHOWN if element.tag in UNPRINTED else _kind_of(element, kind, total)
            around.append((own, linked or element.tag == "a"))
            if own == UNSHOWN:
                walk.skip_subtree()
            if element.tag not in INLINE:
                line.close(pieces)
            line.add(element.text, *around[-1])
            continue
        around.pop()
        if element.tag not in INLINE:
            line.close(pieces)
        line.add(element.tail, *around[-1])
    line.close(pieces)
    return pieces


def _count_shown(tree: Element) -> int:
    """Characters that a page shows: all but those of scripts, styles and its head."""
    hidden = (e for e in tree.iter(*UNPRINTED) if not any(a.tag in UNPRINTED for a in e.iterancestors()))
    return _count(tree) - sum(map(_count, hidden))


def _count(element: Element) -> int:
    return len(tidy(element.text_content()))


class _Line:
    """The line that is being put together."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._kind = ""
        self._linked = 0

    def add(self, text: str | None, kind: str, is_linked: bool) -> None:
        """Add a text; the kind of a line is that of its first words."""
        if not text or kind == UNSHOWN:
            return
        if text.strip() and not any(t.strip() for t in self._texts):
            self._kind = kind
        self._texts.append(text)
        self._linked += len(text) * is_linked

    def close(self, pieces: list[Piece]) -> None:
        """End the line and begin the next one."""
        if not self._texts:
            return
        whole = "".join(self._texts)
        if text := tidy(whole):
            pieces.append(Piece(text, self._kind, self._linked / len(whole)))
        self._texts, self._kind, self._linked = [], "", 0


def find_line_kinds(text: str, pieces: list[Piece]) -> list[str]:
    """What the tags say of each line of a page's text.

    In:  the text, as extracted from the page; the lines of the page.
    Out: one of KINDS a line; empty where the tags say nothing, or where the line stands in several places that differ.
    """
    said: dict[str, set[str]] = {}
    for piece in pieces:
        said.setdefault(fold(piece.text), set()).add(piece.kind)
    return [_agree(said.get(fold(line), set())) for line in text.split("\n")]


def _agree(kinds: set[str]) -> str:
    """The kind of a line: what is printed in the text and again in a box is text."""
    plain = [k for k in kinds if k in ("paragraph", "heading", "list")]
    if len(kinds) > 1 and plain:
        return plain[0] if len(plain) == 1 else "paragraph"
    return next(iter(kinds)) if len(kinds) == 1 else ""


def _kind_of(element: Element, around: str, total: int) -> str:
    """The kind of an element: its own where it says one, else that of what is around it."""
    if around in BOXES:
        return around
    if element.tag in ("td", "th"):
        return "table" if len(element.text_content()) < LAYOUT_CELL else around
    if element.tag == "time":
        return around or "date"
    said = _kind_of_words(words_of(element))
    if said and _may_be(element, said, total):
        return said
    return _kind_of_tag(element.tag, around)


@lru_cache(maxsize=4096)
def _kind_of_words(words: str) -> str | None:
    """The kind that words of class and id say; kept, since the pages of a site have the same ones."""
    return next((kind for kind, pattern in KIND_OF_CLASS if words.strip() and pattern.search(words)), None)


def _may_be(element: Element, kind: str, total: int) -> bool:
    """Whether an element is small enough for its kind, and no box holds the heading of the page."""
    size = len(element.text_content())
    return size <= min(WIDEST.get(kind, total), WIDEST_SHARE * total) and next(element.iter("h1"), None) is None


def _kind_of_tag(tag: str, around: str) -> str:
    kind = KIND_OF_TAG.get(tag)
    if kind in (None, "paragraph", "list") and around not in ("", "table"):
        return around
    return kind or around
