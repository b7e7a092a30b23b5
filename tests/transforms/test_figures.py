"""Figures: each rule on sentences of its own, promises as properties, and a floor on the gold sentences."""

import json
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.figures import KINDS, MODIFIERS
from transforms.figures import FIGURES, find_figures
from transforms.numbers.dates import MONTHS
from transforms.numbers.grammar import Reader, read_simple
from transforms.numbers.units import unit_words

GOLD = Path(__file__).parents[1] / "gold" / "figures.jsonl"
VALUE_FLOOR = 0.95
"""Measured 0.99; first runs, before any rule was fitted to them: 0.920 on the first 155, 0.738 on the next 40, then
0.941, 0.987 (dates; 0.887 of them resolved), 0.930, 0.934, 0.930 and 0.970 on sets of 51 to 57, then 0.963 on 24 made
for nouns left out, ranges with a slash and manners."""
PUBLISHED = datetime(2025, 2, 11)


def find(text: str, site: str | None = None, published: datetime | None = PUBLISHED) -> list[dict[str, Any]]:
    """Figures of one article of one paragraph."""
    paragraphs = pl.DataFrame({"article_id": ["a"], "start": [0], "text": [text]})
    schema = {"article_id": pl.String, "published_at": pl.Datetime("us"), "site": pl.String}
    articles = pl.DataFrame({"article_id": ["a"], "published_at": [published], "site": [site]}, schema=schema)
    return find_figures(paragraphs, articles).to_dicts()


def read(text: str, *columns: str) -> list[tuple[Any, ...]]:
    """Chosen columns of the figures of a text."""
    return [tuple(figure[column] for column in columns) for figure in find(text)]


VALUES = {
    "Entre 10 et 15 000 personnes ont défilé.": ("10 et 15 000", "count", 10_000, 15_000, None),
    "Un prêt de 1,6 milliard de livres sterling.": ("1,6 milliard de livres sterling", "money", 1.6e9, None, "GBP"),
    "La rançon : 12,5 M$.": ("12,5 M$", "money", 12_500_000, None, "USD"),
    "Le menu est à 12€50.": ("12€50", "money", 12.5, None, "EUR"),
    "Un fonds de 2,3 Mds€.": ("2,3 Mds€", "money", 2.3e9, None, "EUR"),
    "À Montréal, il doit 10 $.": ("10 $", "money", 10, None, "CAD"),
    "À 40 milles nautiques.": ("40 milles nautiques", "measure", 40, None, "[nmi_i]"),
    "Elle mesure 1 m 65.": ("1 m 65", "measure", 1.65, None, "m"),
    "Arrivé en 4 h 12 min 37 s.": ("4 h 12 min 37 s", "duration", 15157, None, "s"),
    "Il a perdu 412 pence.": ("412 pence", "money", 4.12, None, "GBP"),
    "Ils gagnent 5 à 10 % de plus.": ("5 à 10 %", "percent", 5, 10, "percent"),
    "Le taux monte de 0,25 point.": ("0,25 point", "percent", 0.25, None, "percentage_point"),
    "Il a plu deux à trois semaines.": ("deux à trois semaines", "duration", 2, 3, "week"),
    "Elle a tenu quatre heures et demie.": ("quatre heures et demie", "duration", 270, None, "min"),
    "Il fait -5 °C.": ("-5 °C", "measure", -5, None, "Cel"),
    "Il fait dix degrés sous zéro.": ("dix degrés sous zéro", "measure", -10, None, "Cel"),
    "Un vent de 104 km/h.": ("104 km/h", "measure", 104, None, "km/h"),
    "Un champ de 3,5 millions de mètres carrés.": ("3,5 millions de mètres carrés", "measure", 3.5e6, None, "m2"),
    "Au XIXe siècle.": ("XIXe", "ordinal", 19, None, None),
    "La vingt et unième place.": ("vingt et unième", "ordinal", 21, None, None),
    "Une victoire 3 à 1 à domicile.": ("3 à 1", "score", 3, 1, None),
    "Il vit là depuis 1987.": ("1987", "year", 1987, None, "year"),
    "La saison 2019-20 fut belle.": ("2019-20", "year", 2019, 2020, "year"),
    "Un homme de 34 ans a été blessé.": ("34 ans", "age", 34, None, "year"),
    "Une peine de 5 ans de prison.": ("5 ans", "duration", 5, None, "year"),
    "Les deux tiers des voix.": ("deux tiers", "fraction", 2 / 3, None, None),
    "Nonante-cinq élus sont venus.": ("Nonante-cinq", "count", 95, None, None),
    "Un demi-million de fidèles.": ("Un demi-million", "count", 500_000, None, None),
    "Une mole en compte 6,02e23.": ("6,02e23", "count", 6.02e23, None, None),
    "Des fissures relevées, de 4 à 6 mm.": ("4 à 6 mm", "measure", 4, 6, "mm"),
    "L’abonnement est à fr. 1’250.– par an.": ("fr. 1’250.–", "money", 1250, None, "CHF"),
    "Un péage de 5 fr. 50 est prévu.": ("5 fr. 50", "money", 5.5, None, "CHF"),
    "Il est arrivé en 3’41’’22.": ("3’41’’22", "duration", 221.22, None, "s"),
    "Elle a eu 15,5/20 au bac.": ("15,5/20", "score", 15.5, 20, None),
    "Son chien pèse 86 livres.": ("86 livres", "measure", 86, None, "[lb_av]"),
    "Le phare est à 14 milles de la côte.": ("14 milles", "measure", 14, None, "[nmi_i]"),
    "Il fera moins trois degrés.": ("moins trois degrés", "measure", -3, None, "Cel"),
    "Une amende de 900 dirhams.": ("900 dirhams", "money", 900, None, "MAD"),
    "C’est gratuit jusqu’à 12 ans.": ("12 ans", "age", 12, None, "year"),
    "Un livre copié vers 860.": ("860", "year", 860, None, "year"),
    "Elle a fini en 2h06’31’’.": ("2h06’31’’", "duration", 7591, None, "s"),
    "À une trentaine de milles des côtes.": ("une trentaine de milles", "measure", 30, None, "[nmi_i]"),
    "Des patients âgés de 40 à 75 ans.": ("40 à 75 ans", "age", 40, 75, "year"),
    "Les soins durent huit ans et demi.": ("huit ans et demi", "duration", 8.5, None, "year"),
    "Il a pris sa retraite à 62 ans.": ("62 ans", "age", 62, None, "year"),
    "Le rappel du vaccin se fait à 11 mois.": ("11 mois", "age", 11, None, "month"),
    "Buts de Ferro (90e+4).": ("90e", "ordinal", 90, None, None),
    "Le coureur a 2 minutes 14": ("2 minutes 14", "duration", 134, None, "s"),
    "Les 65 ans et plus votent.": ("65 ans", "age", 65, None, "year"),
    "Il l’emporte 27 à 24.": ("27 à 24", "score", 27, 24, None),
    "Un plasma de 50 millions de degrés.": ("50 millions de degrés", "measure", 5e7, None, "Cel"),
    "Elle a fini à 1’43’’.": ("1’43’’", "duration", 103, None, "s"),
    "Une parcelle de 3 ha 40.": ("3 ha 40", "measure", 3.4, None, "har"),
    "Un contrat de 2,4 mio de francs.": ("2,4 mio de francs", "money", 2.4e6, None, "CHF"),
    "Le groupe norvégien doit 900 millions de couronnes.": ("900 millions de couronnes", "money", 9e8, None, "NOK"),
    "Le froid persiste cette nuit avec -18 à Ormont.": ("-18", "measure", -18, None, "Cel"),
    "Les températures resteront voisines de 28 degrés jeudi.": ("28 degrés", "measure", 28, None, "Cel"),
    "Des dizaines de milliers de fidèles.": ("Des dizaines de milliers", "count", None, None, None),
}


@pytest.mark.parametrize(("text", "expected"), VALUES.items())
def test_text_kind_value_and_unit(text: str, expected: tuple[Any, ...]) -> None:
    (found,) = read(text, "text", "kind", "value", "value_high", "unit")
    assert found == pytest.approx(expected) if None not in expected[2:3] else found == expected


MODIFIED = {
    "Une trentaine de pays.": "approx",
    "Quelque 300 élus.": "approx",
    "Il y avait 300 élus environ.": "approx",
    "Près de 300 élus.": "approx",
    "Plus de 300 élus.": "more_than",
    "Plus d’une centaine d’élus.": "more_than",
    "Au moins 300 élus.": "at_least",
    "Pas moins de 300 élus.": "at_least",
    "Jusqu’à 300 élus.": "at_most",
    "Un total pouvant atteindre 300 élus.": "at_most",
    "Moins de 300 élus.": "less_than",
    "Il y avait à peine 300 élus.": "exact",
    "La salle ferme jusqu’au 3 mars.": "exact",
    "Vers 20h30.": "approx",
}


@pytest.mark.parametrize(("text", "modifier"), MODIFIED.items())
def test_modifier_stands_outside_the_figure(text: str, modifier: str) -> None:
    assert read(text, "modifier") == [(modifier,)]


NOUNS = {
    "Trois autres jeunes chevaux.": ["cheval"],
    "Deux beaux bateaux et trois pneus.": ["bateau", "pneu"],
    "Douze pays, six voix, huit cas.": ["pays", "voix", "cas"],
    "171 drones ont été lancés, 75 ont été abattus.": ["drone", "drone"],
    "Quatre des neuf suspects.": ["suspect", "suspect"],
    "26 millions de galaxies.": ["galaxie"],
    "58 de ses 410 employés.": ["employé", "employé"],
    "20 000 habitants, dont 450 arrivés en juin.": ["habitant", "habitant"],
    "Ils sont huit à gagner.": [None],
    "Les 40 mangent.": [None],
    "Le nombre de morts atteint 312.": ["mort"],
    "Le bilan passe de 41 à 58 morts.": ["mort", "mort"],
}


@pytest.mark.parametrize(("text", "nouns"), NOUNS.items())
def test_noun_is_singular_and_understood_where_left_out(text: str, nouns: list[str | None]) -> None:
    assert [noun for (noun,) in read(text, "noun")] == nouns


DATES = {
    "Il viendra le 9 septembre.": ("--09-09", None, "2025-09-09", "2025-09-09"),
    "Inondée le 17 octobre, la salle rouvre.": ("--10-17", None, "2024-10-17", "2024-10-17"),
    "Du 23 au 31 mai 2025.": ("2025-05-23", "2025-05-31", "2025-05-23", "2025-05-31"),
    "Né entre le 1er janvier et le 31 janvier.": ("--01-01", "--01-31", "2025-01-01", "2025-01-31"),
    "En juin 2024.": ("2024-06", None, "2024-06-01", "2024-06-30"),
    "Le 12/03/2024.": ("2024-03-12", None, "2024-03-12", "2024-03-12"),
    "Les dossiers seront déposés avant le 30 juin.": ("--06-30", None, "2025-06-30", "2025-06-30"),
    "Du 28 décembre au 3 janvier.": ("--12-28", "--01-03", "2024-12-28", "2025-01-03"),
    "Le 30 février.": ("--02-30", None, "None", "None"),
    "Élu mardi 4 juin, il gouverne.": ("--06-04", None, "2024-06-04", "2024-06-04"),
    "Il est né un 29 février.": ("--02-29", None, "2024-02-29", "2024-02-29"),
    "Il naîtra un 29 février.": ("--02-29", None, "2028-02-29", "2028-02-29"),
    "Fermé depuis le 20 mars.": ("--03-20", None, "2024-03-20", "2024-03-20"),
    "Parti le 20 mars dernier.": ("--03-20", None, "2024-03-20", "2024-03-20"),
    "Absent le 3 janvier prochain.": ("--01-03", None, "2026-01-03", "2026-01-03"),
    "L’an dernier, le 2 février, il pleuvait.": ("--02-02", None, "2024-02-02", "2024-02-02"),
    "Ils s’étaient vus le 20 mars.": ("--03-20", None, "2024-03-20", "2024-03-20"),
    "L’enquête, menée le 20 mars, a surpris.": ("--03-20", None, "2024-03-20", "2024-03-20"),
    "Ils ont jusqu’au 2 septembre.": ("--09-02", None, "2025-09-02", "2025-09-02"),
    "Ils s’étaient réunis pour préparer la fête du 20 mars.": ("--03-20", None, "2025-03-20", "2025-03-20"),
    "L’alerte, prolongée jusqu’au 20 mars, a surpris.": ("--03-20", None, "2025-03-20", "2025-03-20"),
    "L’avis, remis le 2 septembre, sera publié.": ("--09-02", None, "2024-09-02", "2024-09-02"),
    "Du lundi 7 au 13 avril.": ("--04-07", "--04-13", "2025-04-07", "2025-04-13"),
    "De mars à mai 2024.": ("2024-03", "2024-05", "2024-03-01", "2024-05-31"),
    "Vers la mi-août 2024.": ("2024-08", None, "2024-08-01", "2024-08-31"),
}


@pytest.mark.parametrize(("text", "expected"), DATES.items())
def test_dates_as_stated_and_as_meant(text: str, expected: tuple[str, ...]) -> None:
    (found,) = find(text)
    assert (found["iso"], found["iso_high"], str(found["resolved_start"]), str(found["resolved_end"])) == expected


def test_days_listed_before_a_date_are_dates() -> None:
    expected = [("--07-13",), ("--07-14",), ("--07-15",), ("--07-16",)]
    assert read("Fermé les 13, 14, 15 et 16 juillet.", "iso") == expected


def test_a_day_without_year_or_publication_stays_open() -> None:
    (found,) = find("Le 20 mars.", published=None)
    assert (found["iso"], found["resolved_start"], found["resolved_rule"]) == ("--03-20", None, None)


def test_a_tie_goes_to_the_past() -> None:
    (found,) = find("Le 1er mars.", published=datetime(2023, 8, 31))
    assert str(found["resolved_start"]) == "2023-03-01"


NO_FIGURES = [
    "Un homme et une femme sont venus.",
    "Le Premier ministre au premier plan.",
    "L’A9, le G7, la COP30, un F-16 et le CO2.",
    "Il regarde France 2 et le SBF 120.",
    "Appelez le 01 42 86 17 45.",
    "Appelez le +41 22 345 67 89 ou le 02/123.45.67.",
    "L’article L. 121-3 du code.",
    "Il dit virgule cinq.",
    "Voir www.exemple.fr/page12 ou http://exemple.fr/?id=30",
    "L’article 49 de la loi.",
    "La ligne 4 et la voiture 14.",
    "Un logement flambant neuf.",
    "Les quarts de finale et le tiers-monde.",
    "Il lit 20 Minutes.",
]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_names_codes_and_articles_are_no_figures(text: str) -> None:
    assert read(text, "text") == []


def test_change_gives_two_figures_and_range_one() -> None:
    assert read("La prime passe de 10 à 12 euros.", "text", "unit") == [("10", "EUR"), ("12 euros", "EUR")]
    assert read("Elle chute de 12 à 10 euros.", "value") == [(12,), (10,)]
    assert read("Comptez de 10 à 12 euros.", "value", "value_high") == [(10, 12)]


def test_units_are_understood_from_neighbours() -> None:
    text = "L’État versera 168 millions d’euros, la ville 35 millions. Il roulait à 178 km/h au lieu de 110."
    assert read(text, "value", "unit") == [(168e6, "EUR"), (35e6, "EUR"), (178, "km/h"), (110, "km/h")]
    assert read("La région verse 18 millions, l’État 25 millions d’euros.", "kind") == [("money",), ("money",)]


NUMBERS = st.sampled_from(["1", "45", "2 000", "1.500", "3,5", "0,8", "0123", "12.50"])
UNITS = st.sampled_from(["", "%", " %", *(f" {unit}" for unit in unit_words())])
STAMPS = st.builds("{} {}{}".format, st.integers(0, 40), st.sampled_from([*MONTHS]), st.sampled_from(["", " 2024"]))


@given(st.builds("{}{}".format, NUMBERS, UNITS) | STAMPS | STAMPS.map("{} à 9h05".format))
def test_frequent_runs_are_read_as_the_grammar_reads_them(run: str) -> None:
    simple = read_simple(run)
    assert not simple or simple == Reader(run, "", frozenset()).read()


UNDERSTOOD = {
    "Il avait 9 tonnes ; il en reste moins de quatre.": [(9, "t"), (4, "t")],
    "L’entrée coûte 8 euros, 5 pour les élèves.": [(8, "EUR"), (5, "EUR")],
    "Il versera 12 millions d’euros, dont 4 dès mars.": [(12e6, "EUR"), (4e6, "EUR")],
    "Elle a pris quatre ans de prison, dont deux ferme.": [(4, "year"), (2, "year")],
    "Une toile de 31 cm sur 24.": [(31, "cm"), (24, "cm")],
    "Ils ont 6, 9 et 12 ans.": [(6, "year"), (9, "year"), (12, "year")],
    "Le mont a 10 degrés, soit 10 °C.": [(10, "Cel"), (10, "Cel")],
    "En 24 heures, 110 malades sont morts, contre 125 hier.": [(24, "hour"), (110, None), (125, None)],
}


@pytest.mark.parametrize(("text", "expected"), UNDERSTOOD.items())
def test_an_ellipsis_takes_the_unit_that_it_leaves_out(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert read(text, "value", "unit") == expected


def test_the_evening_news_is_a_time() -> None:
    assert read("Il est l’invité du 20 heures de la chaîne.", "kind", "iso") == [("time", "20:00")]


def test_conversions_point_to_what_they_repeat() -> None:
    first, second = find("Un contrat de 10 millions de dollars (environ 9 millions d’euros).")
    assert first["equivalent_of_start"] is None
    assert second["equivalent_of_start"] == first["start"]


def test_dollar_follows_the_country_of_the_site() -> None:
    assert [find("Il doit 10 $.", site=site)[0]["unit"] for site in ("journal.ca", "journal.fr", None)] == [
        "CAD", "USD", "USD",
    ]  # fmt: skip


SPACES = ["\u00a0", "\u202f", "\u2009"]


@pytest.mark.parametrize("space", SPACES)
def test_raw_spaces_and_apostrophes_change_nothing(space: str) -> None:
    text = "Plus de 30 000 hommes, 1,9 milliard d’euros et 27 %."
    raw = text.replace(" 000", f"{space}000").replace(" %", f"{space}%").replace("’", "'")
    columns = ("start", "end", "kind", "value", "unit", "modifier", "noun")
    assert read(raw, *columns) == read(text, *columns)


PIECES = st.sampled_from(
    ["deux ", "1", "12 000 ", "un ", "une trentaine d’", "%", "euros ", "de ", "à ", "et ", "mars ", "ans", "-", ",",
     ".", "é", "œuf ", "20h30 ", "🙂", "\n", "cent ", "XIXe ", "l’", "08.019.019", "0", ":", "’", "=", "e", "s", "sur ",
     "tiers ", "point", "sous zéro ", "moins ", "$", " ", "demi", "/", "1er ", "(", "millions ",
     "29 février ", "99999999999999999999999 "]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join), st.integers(0, 1000))
def test_slices_prove_every_figure_and_lists_stay_closed(text: str, start: int) -> None:
    paragraphs = pl.DataFrame({"article_id": ["a"], "start": [start], "text": [text]})
    figures = find_figures(paragraphs, pl.DataFrame({"article_id": ["a"]}))
    assert figures.schema == pl.Schema(FIGURES)
    ends = 0
    for figure in figures.to_dicts():
        assert text[figure["start"] - start : figure["end"] - start] == figure["text"] != ""
        assert figure["kind"] in KINDS
        assert figure["modifier"] in MODIFIERS
        assert figure["start"] >= ends
        ends = figure["end"]


def test_no_figures_give_an_empty_frame() -> None:
    assert find("") == []
    assert find_figures(
        pl.DataFrame(schema={"article_id": pl.String, "start": pl.Int64, "text": pl.String}),
        pl.DataFrame(schema={"article_id": pl.String}),
    ).is_empty()


@pytest.mark.parametrize("unit", ["9", "un ", "1.", "de 1 à ", "deux ", "1-"])
def test_a_megabyte_of_one_pattern_takes_linear_time(unit: str) -> None:
    find("deux ans")  # compiles the pattern
    text = unit * (1_000_000 // len(unit))
    begin = time.process_time()
    find(text)
    assert time.process_time() - begin < 2.0  # under 0.5 s when nothing else runs


def is_close(a: float | None, b: float | None) -> bool:
    """Whether two values are the same but for rounding; null is only null."""
    return a is b is None or (a is not None and b is not None and a == pytest.approx(b, rel=1e-6))


def is_right(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether kind, value, unit and date of a figure are those of the gold."""
    kinds = {gold["kind"], *(gold.get("alt_kinds") or [])}
    same = all(is_close(found[name], gold[name]) for name in ("value", "value_high"))
    is_unit = gold["unit"] is None or found["unit"] == gold["unit"]
    return (
        found["kind"] in kinds
        and same
        and is_unit
        and (found["iso"], found["iso_high"]) == (gold["iso"], gold["iso_high"])
    )


def score(row: dict[str, Any]) -> tuple[int, int, int]:
    """Hits, gold figures and found figures of one sentence; optional figures and fractions count nowhere."""
    published = row["published_at"] and datetime.fromisoformat(row["published_at"])
    found = find(row["text"], published=published)
    hits, wanted, used = 0, 0, set()
    for gold in row["figures"]:
        overlapping = (
            i for i, f in enumerate(found) if i not in used and f["start"] < gold["end"] and gold["start"] < f["end"]
        )
        index = next(overlapping, None)
        if index is not None:
            used.add(index)
        if not gold.get("optional"):
            wanted += 1
            hits += index is not None and is_right(gold, found[index])
    extra = sum(i not in used and f["kind"] != "fraction" for i, f in enumerate(found))
    return hits, wanted, len(used) + extra


def test_gold_sentences_stay_above_their_floor(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    hits, wanted, found = (sum(numbers) for numbers in zip(*map(score, rows), strict=True))
    value_f1 = 2 * hits / (wanted + found)
    with capsys.disabled():
        print(f"\nfigures: value F1 {value_f1:.3f} on {len(rows)} sentences, {wanted} figures")
    assert value_f1 >= VALUE_FLOOR


LEFT_OUT = {
    "Le choc a fait 12 blessés.\n\nDe 50 en 1996, les castors sont passés à 664.": ["blessé", None, None, None],
    "Elle a vu une chèvre, puis deux, voire trois.": ["chèvre", "chèvre"],
    "La vente a réuni 40 lots. Les prix ont été divisés par trois.": ["lot", None],
    "On a vu 171 drones. Il en reste quatre.": ["drone", "drone"],
    "On a vu 171 drones. Deux ont brûlé.": ["drone", "drone"],
    "On a vu 171 drones. Le vent soufflait, les équipes arrivaient à 15.": ["drone", None],
    "Cela porte à 158 le nombre de cas.": ["cas"],
    "La hausse des vols (31) et des incendies (7) inquiète.": ["vol", "incendie"],
    "Parmi les brebis recensées, 380 sont malades.": ["brebis"],
}


@pytest.mark.parametrize("text", LEFT_OUT)
def test_noun_left_out_is_looked_for_nearby(text):
    paragraphs = pl.DataFrame({"text": text.split("\n\n")}).with_columns(article_id=pl.lit("a"))
    paragraphs = paragraphs.with_columns(start=pl.int_range(pl.len()) * len(text))
    found = find_figures(paragraphs, pl.DataFrame({"article_id": ["a"]}))
    assert found["noun"].to_list() == LEFT_OUT[text]


def test_two_ends_with_a_slash_are_a_range():
    assert read("Une hausse de 15/20% en 10/15 jours.", "value", "value_high", "unit") == [
        (15, 20, "percent"),
        (10, 15, "day"),
    ]
    assert read("Elle a eu 15/20 en calcul.", "kind") == [("score",)]


def test_manner_names_and_shares_are_no_figures():
    text = "Sortis un à un, deux par deux, du bureau n°79 : un pourcentage élevé."
    assert read(text, "text") == []


def test_day_of_the_month_named_before():
    assert read("Le vote aura lieu en juin, sans doute le 28.", "kind", "iso") == [("date", "--06-28")]


def test_a_dump_of_codes_holds_no_figures():
    assert read("1h" * 200, "text") == []
    assert len(read("1’" * 200, "text")) <= 1
