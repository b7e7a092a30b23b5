"""Roles of persons: the exact phrase, without its article, before or after the name."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.person_roles import find_person_roles


def mention(text: str, types: dict[str, str]) -> pl.DataFrame:
    """The first mention of each name."""
    rows = [("a", text.index(name), text.index(name) + len(name), name, kind) for name, kind in types.items()]
    return pl.DataFrame(rows, schema=["article_id", "start", "end", "text", "entity_type"], orient="row")


def read(text: str, *names: str) -> list[tuple[str, str, int | None]]:
    """The roles found in one paragraph: (name, role, age)."""
    text = text.replace("'", "’")
    paragraphs = pl.DataFrame({"article_id": ["a"], "start": [0], "end": [len(text)], "text": [text]})
    found = find_person_roles(paragraphs, mention(text, dict.fromkeys(names, "PER")))
    who = {text.index(name): name for name in names}
    for row in found.iter_rows(named=True):
        assert text[row["start"] : row["end"]] == row["role"]
    return [(who[row["mention_start"]], row["role"], row["age"]) for row in found.iter_rows(named=True)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Le président moldave Ion Rusu est arrivé.", "président moldave"),
        ("Le ministre danois des Transports, Ion Rusu, a signé.", "ministre danois des Transports"),
        ("La ministre de la Culture Ion Rusu a signé.", "ministre de la Culture"),
        ("L'ancien maire de Lure, Ion Rusu, témoigne.", "ancien maire de Lure"),
        ("Il a vu Ion Rusu, président de la Chambre des métiers, à midi.", "président de la Chambre des métiers"),
        ("Ion Rusu, chef de file de l'opposition.", "chef de file de l’opposition"),
        ("Ion Rusu, le directeur du port, part.", "directeur du port"),
        ("Ion Rusu, astrophysicienne à Nice, qui publie.", "astrophysicienne à Nice"),
        ("M. Ion Rusu, porte-parole du groupe, est venu.", "porte-parole du groupe"),
        ("Le porte-parole de la mairie, M. Ion Rusu, est venu.", "porte-parole de la mairie"),
        ("Ion Rusu est le maire de Lure.", "maire de Lure"),
        ("Ion Rusu (maire de Lure) vote contre.", "maire de Lure"),
        ("avec le réalisateur Ion Rusu", "réalisateur"),
        ("Le directeur général de la Poste Ion Rusu part.", "directeur général de la Poste"),
        ("Le patron de la Banque du Nord (BDN), Ion Rusu, part.", "patron de la Banque du Nord"),
        ("Le député Les Modérés de la Meuse, Ion Rusu, part.", "député Les Modérés de la Meuse"),
        ("Il part. Son avocate, Ion Rusu, reste.", "avocate"),
        ("L'ex-patron du port Ion Rusu part.", "ex-patron du port"),
        ("Ion Rusu, lui-même ancien arbitre, part.", "ancien arbitre"),
        ("Le conseil a nommé Ion Rusu préfet de la Meuse.", "préfet de la Meuse"),
        ("Ion Rusu, éleveur dans la Meuse, part.", "éleveur dans la Meuse"),
        ("Le vice-Premier ministre danois, Ion Rusu, part.", "vice-Premier ministre danois"),
        ("Le double champion du monde Ion Rusu part.", "double champion du monde"),
        ("la réalisatrice franco-marocaine Ion Rusu", "réalisatrice franco-marocaine"),
        ('Ion Rusu est une figure majeure de la "ruche" de Lure.', 'figure majeure de la "ruche"'),
        ("Ion Rusu, chef du service de « veille ».", "chef du service de « veille »"),
        ("Ion Rusu, conseiller d'opposition explique qu'il part.", "conseiller d’opposition"),
        ("Ion Rusu, gardien de phare quitte son île.", "gardien de phare"),
        ("Ion Rusu, élu président du port en 2014, part.", "président du port"),
        ("Ion Rusu, porte-parole du syndicat du bois sur Onde 2.", "porte-parole du syndicat du bois"),
        ("Ion Rusu, animateur sur Onde 2, part.", "animateur sur Onde 2"),
        ("Le directeur général adjoint du port Ion Rusu part.", "directeur général adjoint du port"),
        ("Ion Rusu, militant spécialisé dans la pêche, part.", "militant spécialisé dans la pêche"),
        ("Ion Rusu, maire de Lure et lui aussi pêcheur, part.", "maire de Lure"),
        ("Ion Rusu, un retraité danois renversé par un camion, part.", "retraité danois"),
        ("Ion Rusu, élu de la Meuse, part.", "élu de la Meuse"),
        ("Le plus haut responsable scientifique danois, Ion Rusu, part.", "plus haut responsable scientifique danois"),
    ],
)
def test_role_is_the_phrase_without_its_article(text, role):
    assert read(text, "Ion Rusu") == [("Ion Rusu", role, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Le ministre a rencontré Ion Rusu.",
        "Le maire accueille Ion Rusu.",
        "Le maire de Lure critique Ion Rusu.",
        "Le président. Ion Rusu dort.",
        "Ion Rusu, qui vient de Lure, dort.",
        "Ion Rusu et le maire dorment.",
        "Le ministre, selon Ion Rusu, dort.",
        "Un homme de 34 ans nommé Ion Rusu dort.",
        "Dans ce cadre, Ion Rusu a signé.",
        "Vous en êtes responsable, Ion Rusu.",
        "Selon le maire, Ion Rusu a signé.",
        "Selon Ion Rusu, le maire a signé.",
        "Avec Ion Rusu, son expert en marées met en garde le port.",
        "Ion Rusu, élu en mars dernier pour un an, part.",
        "Ion Rusu, accusé de vol, part.",
        "Un homme interpellé pour avoir suivi Ion Rusu dort.",
        "Un ami du couple Ion Rusu dort.",
        "Pour Ion Rusu, le garçon se nomme Luc.",
    ],
)
def test_a_noun_nearby_is_not_a_role(text):
    assert read(text, "Ion Rusu") == []


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Ion Rusu, 54 ans, maire de Lure, vote.", 54),
        ("Ion Rusu (54 ans), maire de Lure, vote.", 54),
        ("Ion Rusu, âgé de 54 ans, maire de Lure, vote.", 54),
        ("Ion Rusu, maire de Lure, vote.", None),
        ("Ion Rusu, un maire de Lure de 54 ans, vote.", 54),
        ("Ion Rusu, maire de Lure ayant 54 voix, vote.", None),
        ("Âgé de 54 ans, le maire de Lure Ion Rusu vote.", 54),
        ("Le maire de Lure de 54 ans, Ion Rusu, vote.", 54),
    ],
)
def test_age_is_the_one_beside_the_name_or_the_role(text, age):
    assert read(text, "Ion Rusu") == [("Ion Rusu", "maire de Lure", age)]


def test_age_of_the_other_gender_is_another_persons():
    assert read("La fille du sculpteur Ion Rusu, âgée de 8 ans, dort.", "Ion Rusu") == [("Ion Rusu", "sculpteur", None)]


def test_roles_in_a_list_stay_with_their_persons():
    text = "Ion Rusu, maire de Lure, et Ana Blin, préfète du Jura, ont reçu le député Luc Foix."
    expected = [
        ("Ion Rusu", "maire de Lure", None),
        ("Ana Blin", "préfète du Jura", None),
        ("Luc Foix", "député", None),
    ]
    assert read(text, "Ion Rusu", "Ana Blin", "Luc Foix") == expected


def test_role_between_two_names_without_a_comma_is_that_of_the_second():
    text = "Étaient là Ion Rusu, le maire de Lure Ana Blin et le député Luc Foix."
    expected = [("Ana Blin", "maire de Lure", None), ("Luc Foix", "député", None)]
    assert read(text, "Ion Rusu", "Ana Blin", "Luc Foix") == expected


def test_apposition_after_a_name_is_not_the_role_of_the_next():
    text = "Étaient là Ion Rusu, maire de Lure, Ana Blin et d'autres."
    assert read(text, "Ion Rusu", "Ana Blin") == [("Ion Rusu", "maire de Lure", None)]


def test_role_of_the_nearest_noun_without_a_comma_of_the_farthest_with_one():
    assert read("le fils du président Ion Rusu", "Ion Rusu") == [("Ion Rusu", "président", None)]
    assert read("le porte-parole du ministre, Ion Rusu, dort", "Ion Rusu") == [
        ("Ion Rusu", "porte-parole du ministre", None)
    ]


@pytest.mark.parametrize(
    ("text", "bodies", "role", "body", "code"),
    [
        ("Le président ukrainien X", {}, "président ukrainien", None, "UA"),
        ("Le ministre britannique de la Défense, X", {}, "ministre britannique de la Défense", None, "GB"),
        ("Le chef du gouvernement, X", {}, "chef du gouvernement", None, None),
        ("Le roi d’Espagne X", {"Espagne": "LOC"}, "roi d’Espagne", "Espagne", "ES"),
        ("L’ambassadeur grec à Oslo, X", {"Oslo": "LOC"}, "ambassadeur grec à Oslo", "Oslo", "GR"),
        ("Le député PRM de la Meuse, X", {"Meuse": "LOC", "PRM": "ORG"}, "député PRM de la Meuse", "PRM", None),
        ("Le chef des Rives unies, X", {"Rives unies": "ORG"}, "chef des Rives unies", "Rives unies", None),
        ("Le maire (PRM) de Lure, X", {"PRM": "ORG", "Lure": "LOC"}, "maire (PRM) de Lure", "PRM", None),
        ("Le chef du parti de gauche Aube, X", {"Aube": "ORG"}, "chef du parti de gauche Aube", "Aube", None),
        ("Le secrétaire d’État grec X", {"État grec": "LOC"}, "secrétaire d’État grec", None, "GR"),
        ("Le peintre congolais X", {}, "peintre congolais", None, None),
        ("Le peintre franco-malien X", {}, "peintre franco-malien", None, None),
        ("À Oslo, le maire, X", {"Oslo": "LOC"}, "maire", None, None),
    ],
)  # fmt: skip
def test_what_a_role_is_in_and_which_country_it_names(text, bodies, role, body, code):
    text = text.replace("X", "Ion Rusu part.")
    paragraphs = pl.DataFrame({"article_id": ["a"], "start": [0], "end": [len(text)], "text": [text]})
    [row] = find_person_roles(paragraphs, mention(text, {"Ion Rusu": "PER", **bodies})).to_dicts()
    start = row["organisation_start"]
    assert (row["role"], row["country_code"]) == (role, code)
    assert (None if start is None else text[start : start + len(body or "")]) == body


PIECES = st.sampled_from(
    ["Ion Rusu", ", ", " ", "le ", "maire ", "de Lure", "président ", "54 ans", "(", ")", ". ", "l’", "ancien ", "et "]
)


@given(st.lists(PIECES, max_size=15).map("".join))
def test_any_text_gives_roles_that_are_slices(text):
    text = text + "Ion Rusu"
    for _, role, age in read(text, "Ion Rusu"):
        assert role == role.strip() != ""
        assert age in (None, 54)
