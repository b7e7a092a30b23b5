"""Names to things: lists, spellings, surnames, and the same links in every order."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from transforms.entities import LINKS, apply_aliases, link_key, link_names

NAMES = {"entity_type": pl.String, "name": pl.String, "article_count": pl.Int64}


def names(*rows: tuple[str, str, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=NAMES, orient="row")


def linked(*rows: tuple[str, str, int]) -> dict[str, str]:
    return dict(link_names(names(*rows)).select("name", "entity_name").iter_rows())


@pytest.mark.parametrize(
    ("entity_type", "name", "entity", "code"),
    [
        ("LOC", "Etats-Unis", "États-Unis", "US"),
        ("LOC", "Viêt Nam", "Vietnam", "VN"),
        ("LOC", "Kyiv", "Kiev", None),
        ("LOC", "Pékin", "Pékin", None),
        ("LOC", "Beijing", "Pékin", None),
        ("ORG", "OMS", "Organisation mondiale de la santé", None),
        ("ORG", "Nations Unies", "Organisation des Nations unies", None),
        ("ORG", "ministère grec de la Défense", "Ministère de la Défense (Grèce)", None),
        ("ORG", "ministère de la Défense du Japon", "Ministère de la Défense (Japon)", None),
        ("LOC", "massif du Vercorin", "Massif du Vercorin", None),
    ],
)
def test_known_name_gets_its_full_french_name(entity_type, name, entity, code):
    row = link_names(names((entity_type, name, 1))).row(0, named=True)
    assert (row["entity_name"], row["country_code"]) == (entity, code)


def test_places_have_geonames_ids_and_countries_wikidata_ids():
    rows = link_names(names(("LOC", "Kiev", 1), ("LOC", "France", 1), ("LOC", "Vielmont-le-Bas", 1))).to_dicts()
    assert [r["geoname_id"] for r in rows] == [703448, 3017382, None]
    assert [r["wikidata_id"] for r in rows] == [None, "Q142", None]


def test_surname_goes_to_the_full_name_that_dominates():
    assert linked(("PER", "Vasarely", 2), ("PER", "Odon Vasarely", 5))["Vasarely"] == "Odon Vasarely"
    rivals = (("PER", "Vasarely", 2), ("PER", "Odon Vasarely", 5), ("PER", "Irma Vasarely", 4))
    assert linked(*rivals)["Vasarely"] == "Vasarely"


def test_initial_and_particle_go_to_the_full_name():
    found = linked(("PER", "O. de Vasarely", 1), ("PER", "de Vasarely", 1), ("PER", "Odon de Vasarely", 3))
    assert set(found.values()) == {"Odon de Vasarely"}


def test_compound_surname_goes_to_its_full_name():
    found = linked(("PER", "Saint-Aubin", 1), ("PER", "Irma de Saint-Aubin", 2), ("PER", "de Saint-Aubin", 1))
    assert set(found.values()) == {"Irma de Saint-Aubin"}


def test_lone_first_name_goes_only_to_a_far_more_frequent_person():
    assert linked(("PER", "Alexandre", 3), ("PER", "Odon Alexandre", 20))["Alexandre"] == "Alexandre"
    assert linked(("PER", "Alexandre", 2), ("PER", "Odon Alexandre", 20))["Alexandre"] == "Odon Alexandre"


def test_no_person_opens_with_a_common_word():
    assert linked(("PER", "Vasarely", 2), ("PER", "Affaire Vasarely", 5))["Vasarely"] == "Vasarely"


def test_acronym_of_four_letters_goes_to_the_name_it_spells():
    full = ("ORG", "Caisse rurale d’assurance-maladie", 2)
    assert linked(full, ("ORG", "CRAM", 5))["CRAM"] == full[1]
    assert linked(full, ("ORG", "CRAM", 5), ("ORG", "Cercle régional des arts du Morvan", 2))["CRAM"] == "CRAM"
    assert linked(("ORG", "Bureau national du parti", 1), ("ORG", "BNP", 5))["BNP"] == "BNP"


def test_of_equal_spellings_the_one_with_accents_is_the_name():
    assert set(linked(("PER", "Sergei Boudko", 1), ("PER", "Sergueï Boudko", 1)).values()) == {"Sergueï Boudko"}


def test_spellings_of_one_name_are_one_person():
    found = linked(("PER", "Serguiy Boudko", 1), ("PER", "Serguii Boudko", 4), ("PER", "SERGUII BOUDKO", 1))
    assert set(found.values()) == {"Serguii Boudko"}


def test_different_persons_stay_apart():
    names = ["Jean Duroc", "Jeanne Duroc", "Jean Dubroc", "George W. Dunn", "George H. W. Dunn", "Dmitri Koslov",
             "Andreï Kozlov"]  # fmt: skip
    assert linked(*(("PER", name, 1) for name in names)) == dict(zip(names, names, strict=True))


def test_countries_of_similar_names_stay_apart():
    names = ["Iran", "Irak", "Niger", "Nigeria", "Slovaquie", "Slovénie", "Autriche", "Australie"]
    assert linked(*(("LOC", name, count) for count, name in enumerate(names, 1))) == dict(
        zip(names, names, strict=True)
    )


def test_short_form_of_an_event_goes_to_its_full_name():
    found = linked(
        ("MISC", "alliance de rivages", 1),
        ("MISC", "Alliance des rivages", 1),
        ("MISC", "alliance des beaux rivages", 3),
    )
    assert set(found.values()) == {"Alliance des beaux rivages"}


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["PER", "ORG", "LOC", "MISC"]),
        st.sampled_from(
            ["Odon Vasarely", "Vasarely", "VASARELY", "O. Vasarely", "Irma Vasarely", "Odon Vasarelly", "Kiev", "Kyiv",
             "Alliance des rivages", "alliance des beaux rivages", "ONU", "CRAM",
             "Caisse rurale d’assurance-maladie", "Alexandre", "Odon Alexandre", "Saint-Aubin", "Irma de Saint-Aubin",
             "ministère grec de la Défense", "😀", "de la"]
        ),
        st.integers(1, 5),
    ),
    min_size=1,
    unique_by=lambda row: row[:2],
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_links_do_not_depend_on_order(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    key = ["entity_type", "name"]
    once, again = link_names(names(*rows)), link_names(names(*shuffled))
    assert once.schema == LINKS
    assert once.height == len(rows)
    assert once["entity_id"].null_count() == 0
    assert_frame_equal(once.sort(key), again.sort(key))


@settings(max_examples=25, deadline=None)
@given(ROWS)
def test_groups_do_not_influence_each_other(rows):
    frame = names(*rows)
    key = ["entity_type", "name"]
    parts = [
        link_names(part)
        for part in frame.group_by(link_key(pl.col("name"), pl.col("entity_type"))).__iter__()
        for part in part[1:]
    ]
    assert_frame_equal(pl.concat(parts).sort(key), link_names(frame).sort(key))


def test_aliases_rename_merge_and_retype():
    links = link_names(names(("PER", "Vasarely", 1), ("PER", "Odon Vasarely", 3), ("LOC", "Vielmont", 1)))
    aliases = pl.DataFrame(
        [("PER", "Odon Vasarely", "Odon de Vasarely", None), ("LOC", "vielmont", "Vielmont FC", "ORG")],
        schema=["entity_type", "name", "canonical", "new_type"],
        orient="row",
    )
    applied = apply_aliases(links, aliases)
    assert applied.columns == [*LINKS.names(), "linked_type"]
    assert applied["entity_name"].to_list() == ["Odon de Vasarely", "Odon de Vasarely", "Vielmont FC"]
    assert applied["linked_type"].to_list() == ["PER", "PER", "ORG"]
    assert applied["entity_type"].to_list() == ["PER", "PER", "LOC"]
    assert applied["entity_id"].n_unique() == 2
    assert set(applied["link_rule"]) == {"alias"}


def test_no_alias_changes_nothing():
    links = link_names(names(("PER", "Vasarely", 1)))
    empty = pl.DataFrame(schema=dict.fromkeys(["entity_type", "name", "canonical", "new_type"], pl.String))
    assert_frame_equal(apply_aliases(links, empty).drop("linked_type"), links)
