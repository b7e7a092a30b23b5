"""Lines that look like furniture, captions or tables and are text; and lines beside them that are none."""

import polars as pl
import pytest

from transforms.articles import lay_out
from transforms.layout.parts import cut_script

TEXT = "Le maire de Brissac a présenté jeudi le budget de la commune, en hausse de trois pour cent, devant le conseil."
FERRY = "la responsabilité de l’État dans le naufrage du ferry, le 19 novembre 2013."

CASES = {
    "Retour à la normale à Brissac": "heading",
    "Retour à l’accueil": "promo",
    "« Deux cents bals par an ».... dont aucun à Brissac.": "body",
    "11h30 - Les cortèges sont partis. La vallée attend. La police en compte mille. (photo Lise Amar / AFP)": "body",
    "D’après la marine, l’équipage peut tenir jusqu’au 18 août.": "body",
    "À voir. Car le conseil hésite encore.": "body",
    "Le bac repart : une journée à bord ? - Regarder sur Brissac Vidéo": "promo",
    "Le conseil a choisi de regarder sur place l’état des digues.": "body",
    "Beau matin sur le port de #Brissac pic.twitter.com/aB3dE5fG7h— Odile Ferrand (@oferrand) 9 mai 2023": "promo",
    "Le maire l’a écrit à sa rivale (@oferrand) le 9 mai 2023, devant témoins, et le conseil en a pris acte lundi.": (
        "body"
    ),
    "Une publication partagée par LE PORT (@port_brissac) le 9 Mai 2023 à 10 :12 PDT": "promo",
    "Une publication partagée par tous les élus a clos la dispute.": "body",
    "» Suivez toute l’actualité du Phare culture sur Facebook et Instagram.": "promo",
    "Les infos du port suivent sur Facebook, promet la mairie à ses administrés.": "body",
}


def roles_of(text: str) -> dict[str, str]:
    """The role of each block, by its text."""
    document = {"document_id": ["a"], "source_path": ["a.txt"], "text": [text], "given": [None]}
    documents = pl.DataFrame(document, schema_overrides={"given": pl.String})
    blocks = lay_out(documents, lambda texts: ["fr"] * len(texts)).blocks
    return dict(blocks.select("text", "role").iter_rows())


@pytest.mark.parametrize("line", CASES)
def test_line_between_paragraphs(line: str) -> None:
    roles = roles_of(f"Le budget grimpe encore\n\n{TEXT}\n\n{line}\n\n{TEXT[:-1]} réuni.\n")
    assert next(role for text, role in roles.items() if line.startswith(text[:30])) == CASES[line]


def test_script_is_cut_out_of_its_line() -> None:
    line = "Le quai est rouvert. lecteur.cmd.push(function() { lecteur.display('bloc-7'); }); Les navires y reviennent."
    roles = roles_of(f"Le budget grimpe encore\n\n{TEXT}\n\n{line}\n\n{TEXT[:-1]} réuni.\n")
    assert roles["Le quai est rouvert."] == roles["Les navires y reviennent."] == "body"
    assert next(role for text, role in roles.items() if text.startswith("lecteur.")) == "markup"


@pytest.mark.parametrize(
    "text", ["L’appel .push( est resté dans le texte", "Le site ville.example (fermé) ; le port aussi."]
)
def test_words_of_code_without_a_closed_call_are_text(text: str) -> None:
    assert cut_script(text) is None


def test_note_of_a_correction_above_the_title_is_a_date() -> None:
    roles = roles_of(
        f"Erratum publié le 18 mai 2023\n\nLe budget grimpe encore\n\nPar Lise Amar, le 9 mai 2023\n\n{TEXT}\n"
    )
    assert roles["Erratum publié le 18 mai 2023"] == "date"
    assert roles["Le budget grimpe encore"] == "title"


def test_leaders_part_a_label_and_a_number() -> None:
    roles = roles_of(
        f"Le bal ouvre\n\n{TEXT}\n\nAdultes ....... 12 euros\n\nEnfants ....... 6 euros\n\n{TEXT[:-1]} réuni.\n"
    )
    assert roles["Adultes ....... 12 euros"] == roles["Enfants ....... 6 euros"] == "table"


@pytest.mark.parametrize(
    ("line", "role"),
    [
        (f"Le premier ministre a reconnu {FERRY}", "lead"),
        (f"Le premier ministre devant une plaque qui rappelle {FERRY}", "caption"),
    ],
)
def test_sentence_that_ends_in_a_full_date(line: str, role: str) -> None:
    assert roles_of(f"Le pays reconnaît ses torts\n\nPar Lise Amar\n\n{line}\n\n{TEXT}\n")[line] == role


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Les écoles resteront ouvertes jusqu’à vendredi soir ;", "body"),
        ("abc-def/ghi/bar/pz/aml/sg/avz/bds/plh/roc/eb", "byline"),
    ],
)
def test_last_line(line: str, role: str) -> None:
    assert roles_of(f"Le budget grimpe encore\n\n{TEXT}\n\n{TEXT[:-1]} réuni.\n\n{line}\n")[line] == role


def test_headings_in_capitals_one_above_the_other_are_no_box() -> None:
    lines = ["CE QUI A ÉTÉ PROMIS", "DEUX MILLIONS D’EUROS POUR LES ÉCOLES"]
    roles = roles_of("\n\n".join(["Le budget grimpe encore", TEXT, *lines, TEXT[:-1] + " réuni."]))
    assert [roles[line] for line in lines] == ["heading", "heading"]


def test_lead_behind_its_label() -> None:
    lead = "SONDAGE - Les choix du conseil sont attendus, alors que la commune entre dans son deuxième mois de travaux."
    roles = roles_of(f"Le budget grimpe encore\n\nPar Lise Amar\n\n{lead}\n\n{TEXT}\n")
    assert roles[lead] == "lead"


def test_a_brief_of_short_sentences_has_its_first_line_as_title() -> None:
    lines = (
        "Le bac de Valbourg rouvre lundi",
        "La mairie l’a annoncé jeudi soir au conseil.",
        "Il sera gratuit jusqu’en juin pour les riverains.",
    )
    assert list(roles_of("\n\n".join(lines)).values()) == ["title", "lead", "body"]
