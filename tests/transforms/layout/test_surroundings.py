"""What the lines around a part say about it. All texts are invented."""

import polars as pl
import pytest

from transforms.articles import lay_out
from transforms.layout.surroundings import share_echoed

FIRST = (
    "La commune de Brévent a inauguré samedi sa nouvelle passerelle, longue de 84 mètres, qui enjambe la Lère "
    "entre la gare et les anciennes forges, sous les yeux de quatre cents habitants venus en fanfare."
)
SECOND = (
    "Le chantier, commencé en mars, a coûté deux fois plus cher que prévu, ce que l'opposition a rappelé pendant "
    "tout le discours du maire, sans parvenir à couvrir les cuivres ni à gâcher le vin d'honneur."
)
HEAD = ["Une passerelle sur la Lère pour relier la gare aux forges", "Par Odile Grandmaison", "3 mai 2025 à 9h12"]


def roles(*lines: str) -> dict[str, str]:
    """The role of each line, one blank line between two."""
    text = "\n\n".join(lines)
    schema = {"document_id": pl.String, "source_path": pl.String, "text": pl.String, "given": pl.String}
    document = pl.DataFrame([("a", "a.txt", text, None)], schema=schema, orient="row")
    blocks = lay_out(document, lambda texts: ["fr"] * len(texts)).blocks
    return {text[start:end]: role for start, end, role in blocks.select("start", "end", "role").iter_rows()}


def test_readers_are_told_by_a_name_above_a_time_where_most_of_the_text_is_over():
    found = roles(*HEAD, FIRST, SECOND, "Mirabelle", "il y a 2 jours", "Enfin !", "le_forgeron", "hier, 22:10", "Bof.")
    assert [found[line] for line in ("Mirabelle", "il y a 2 jours", "Enfin !", "Bof.")] == ["comment"] * 4
    assert found[SECOND] == "body"
    assert found[HEAD[1]] == "byline"


def test_a_document_of_nothing_but_readers_has_no_title():
    found = roles("Mirabelle", "il y a 2 jours", "Enfin une passerelle !", "le_forgeron", "hier, 22:10", "Trop chère.")
    assert set(found.values()) == {"comment"}


def test_what_is_quoted_is_the_article_and_the_rest_its_posters():
    text = [f"> {HEAD[0]}", "> Publié le 3 mai 2025", f"> {FIRST}", f"> {SECOND}"]
    found = roles("Salut, vu ce matin dans le journal :", *text, "Il était temps, non ?")
    assert found[f"> {HEAD[0]}"] == "title"
    assert found[f"> {SECOND}"] == "body"
    assert found["Salut, vu ce matin dans le journal :"] == found["Il était temps, non ?"] == "comment"


def test_a_line_that_comes_back_with_another_number_is_the_head_of_a_page():
    head = "LE RAIL DE LA LÈRE  |  cahier {}  |  hiver"
    found = roles(*HEAD, FIRST, head.format(3), SECOND, head.format(4), FIRST.replace("samedi", "dimanche"))
    assert found[head.format(3)] == found[head.format(4)] == "source"


def test_of_several_unclosed_lines_between_paragraphs_only_the_last_is_a_heading():
    found = roles(*HEAD, FIRST, "Passerelles du monde", "Le tour du canton", "Deux ans de retard", SECOND)
    assert [found[x] for x in ("Passerelles du monde", "Le tour du canton")] == ["promo", "promo"]
    assert found["Deux ans de retard"] == "heading"


@pytest.mark.parametrize(
    ("lines", "role"),
    [(["Passerelle", "Brévent", "Forges"], "tags"), (["Nos offres", "Petites annonces", "Carnet du jour"], "promo")],
)
def test_short_lines_below_the_text_are_tags_where_the_text_has_their_words(lines, role):
    found = roles(*HEAD, FIRST, SECOND, *lines)
    assert {found[line] for line in lines} == {role}


def test_a_headline_of_another_article_above_the_title_is_not_taken_for_it():
    found = roles("Cyclone : trois navires attendus vendredi à Toamasina", *HEAD, FIRST, SECOND)
    assert found[HEAD[0]] == "title"


def test_what_begins_with_the_authors_name_at_the_end_is_about_the_author():
    about = "Odile Grandmaison est journaliste indépendante et vit à Brévent."
    assert roles(*HEAD, FIRST, SECOND, about)[about] == "byline"
    subject = "Odette Ferrand est boulangère et vit à Brévent depuis trente ans."
    assert roles(*HEAD, FIRST, SECOND, subject)[subject] == "body"


def test_hours_alone_are_dates_and_titles_above_several_dates_are_those_of_a_feed():
    assert roles(*HEAD, FIRST, "14h05", SECOND)["14h05"] == "date"
    items = [x for i in (1, 2, 3) for x in (f"Le chantier numéro {i} prend du retard", f"0{i}.05.2025 18:32", SECOND)]
    assert roles("Les brèves de la vallée", FIRST, *items)["Le chantier numéro 2 prend du retard"] == "heading"


def test_words_are_echoed_in_another_form_and_common_ones_do_not_count():
    assert share_echoed("pêche et criées", "les pêcheurs de la criée") == 1
    assert share_echoed("sous les pavés", "dans le sous-sol") == 0
