"""Lines between and below paragraphs that a page, a network or an agency left there; beside each a near miss that is
text."""

import polars as pl
import pytest

from transforms.articles import lay_out

FIRST = (
    "La coopérative de Saint-Orens a vendu mardi ses trois derniers silos à un grossiste du port, après un an de "
    "pourparlers."
)
SECOND = (
    "Le prix n’a pas été dévoilé. Les adhérents en discuteront au mois de juin, a promis la présidente, Odile Caradec."
)
LAST = (
    "Les camions passeront par la rocade, de nuit seulement, et la mairie fera mesurer le bruit devant les deux écoles."
)


def article_of(text: str) -> dict[str, object]:
    document = {"document_id": ["a"], "source_path": ["a.txt"], "text": [text], "given": [None]}
    documents = pl.DataFrame(document, schema_overrides={"given": pl.String})
    return lay_out(documents, lambda texts: ["fr"] * len(texts)).articles.to_dicts()[0]


def text_with(*lines: str, below: bool = False) -> str:
    """The text of an article with lines between, or below, its paragraphs."""
    paragraphs = [FIRST, SECOND, LAST, *lines] if below else [FIRST, *lines, SECOND, LAST]
    return str(article_of("\n\n".join(["Les silos changent de mains", "Par Odile Verne", *paragraphs]) + "\n")["text"])


LEFT_OUT = [
    "La lecture de votre article reprend après la publicité",
    "Charger le tweet ? Votre choix sera gardé six mois.",
    "🔁 340 partages   💬 12   ❤ 95",
    "La rocade la nuit : qui dort encore, qui ne dort plus, et qui voudrait seulement que l’on en parle ? "
    "- Voir sur Canal Orens",
    "Une photo publiée par Odile C. (@odile.c31) le 4 mai 2022 à 18:20",
    "Enfin vendus ! #silos pic.twitter.com/aB3dE9fGh2 — Coop d’Orens (@coop_orens) 3 mai 2022",
    "Retrouvez toute l’actualité du Phare d’Orens sur Instagram et TikTok.",
    "Getty Images/Maskot",
    "Le dernier silo, mardi, sur le quai. | O.V.",
    "Le Bar du Port, midi et soir - Tél. 61 20 44",
]
KEPT = [
    "« L’article de loi reprend la formule de 1998 », note un juriste.",
    "La maire a publié une photo du silo sur Instagram, mardi soir.",
    "Elle raconte l’affaire en 212 pages, et s’en explique sur Twitter.",
    "Les propos du préfet n’engagent que lui, a répondu la présidente.",
]


@pytest.mark.parametrize("line", LEFT_OUT)
def test_line_of_the_page_is_left_out(line: str) -> None:
    assert line[:12] not in text_with(line)


@pytest.mark.parametrize("line", KEPT)
def test_line_of_the_text_is_kept(line: str) -> None:
    assert line[:12] in text_with(line)


@pytest.mark.parametrize(
    "lines",
    [
        ("Les contenus les plus lus de la semaine", "Rocade : qui paiera le mur ?", "Silos : la fin d’un monde ?"),
        ("Les opinions exprimées dans cette page n’engagent que leurs auteurs.",),
        ("Le Grain et l’ivraie. Une histoire des silos, presses du Sud, 340 pages, 24 euros.",),
        ("meunier_31 · 05/05/2022 à 9h12", "Et les rats, on en parle ?"),
        ("💬 Titi31 : bravo aux adhérents !", "🗨 loulou : et le bruit alors ?"),
        ("À propos de la Coop d’Orens", "Coop d’Orens collecte le grain de 212 fermes depuis 1934."),
    ],
)
def test_what_stands_below_a_text_is_left_out(lines: tuple[str, ...]) -> None:
    text = text_with(*lines, below=True)
    assert [line for line in lines if line[:12] in text] == []


def test_heading_about_a_subject_is_kept() -> None:
    assert "À propos de la rocade" in text_with("À propos de la rocade", LAST.replace("rocade", "route"))


def test_code_of_an_advertisement_is_cut_off_its_sentence() -> None:
    text = text_with("La vente est signée. (adsbygoogle = window.adsbygoogle || []).push({});")
    assert "La vente est signée." in text
    assert "adsbygoogle" not in text
    assert "La fonction (publique) recrute." in text_with("La fonction (publique) recrute.")


def test_initials_behind_the_last_sentence_credit_an_agency() -> None:
    article = article_of(f"Les silos changent de mains\n\n{FIRST}\n\n{LAST} (ats/ove)\n")
    assert article["agencies"] == ["ATS"]
    assert str(article["text"]).endswith("écoles.")
    assert article_of(f"Les silos changent de mains\n\n{FIRST}\n\n{LAST} (voir/lire)\n")["agencies"] == []


@pytest.mark.parametrize("dateline", ["(Saint-Orens)", "(Oslo, Norvège)"])
def test_place_in_brackets_is_a_dateline(dateline: str) -> None:
    assert dateline not in str(article_of(f"Les silos changent de mains\n\n{dateline} {FIRST}\n\n{LAST}\n")["text"])
    assert "(Ils" in str(article_of(f"Les silos changent de mains\n\n{FIRST}\n\n(Ils ont signé.) {LAST}\n")["text"])


STANZA = (
    "Un rat du port vivait de blé,\nDe seigle un peu, d’orge au besoin ;\nOn le disait fort endetté\n"
    "Et pourtant prêt à payer\nLa farine de ses voisins."
)
LIST = "Trois silos\nDeux camions\nUne rocade\nDeux écoles"


def test_verse_is_text_and_a_list_of_headings_is_not() -> None:
    assert all(line[:9] in text_with(STANZA) for line in STANZA.split("\n"))
    assert "Deux camions" not in text_with(LIST)


def test_hours_of_entries_are_no_text() -> None:
    hours = ("9 h 05", "10 h 40", "12 h 15")
    entries = [f"{hour} - {text}" for hour, text in zip(hours, (FIRST, SECOND, LAST), strict=True)]
    text = str(article_of("Suivez la vente des silos d’Orens\n\n" + "\n\n".join(entries) + "\n")["text"])
    assert not [hour for hour in hours if hour in text]


def test_an_agenda_keeps_its_hours() -> None:
    agenda = "\n".join(f"{hour} - Visite du silo" for hour in ("9 h 05", "10 h 40", "12 h 15"))
    document = {"document_id": ["a"], "source_path": ["a.txt"], "given": [None]}
    text = f"Les silos changent de mains\n\n{FIRST}\n\nLe programme :\n{agenda}\n\n{LAST}\n"
    documents = pl.DataFrame(document | {"text": [text]}, schema_overrides={"given": pl.String})
    assert "hour_of_entry" not in lay_out(documents, lambda texts: ["fr"] * len(texts)).blocks["role_rule"].to_list()
