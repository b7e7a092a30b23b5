"""The invented corpus really has the faults that it is there to show."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import ftfy
import pytest

from flows.inbox import list_files
from flows.readers import READ_SUFFIXES, READERS, read_records, whose
from flows.readers.sources import file_source
from flows.settings import read_limits

SAMPLES = Path(__file__).parents[1] / "samples"
ARTICLES = sorted(p for p in SAMPLES.iterdir() if p.suffix in READ_SUFFIXES)
STRAIGHT, CURLY = "'", "’"


def raw(name: str) -> bytes:
    """The bytes of the one sample whose name starts so."""
    (path,) = SAMPLES.glob(f"{name}*")
    return path.read_bytes()


def text(name: str) -> str:
    return raw(name).decode("utf-8")


def words(value: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in value.casefold()).split()


def shared(short: str, long: str, size: int = 5) -> float:
    """Share of the shorter text's runs of five words that the longer one has too."""
    shingles = [{tuple(w[i : i + size]) for i in range(len(w) - size + 1)} for w in (words(short), words(long))]
    return len(shingles[0] & shingles[1]) / len(shingles[0])


def test_names_are_plain_numbered_and_at_least_18():
    assert all(p.name[:2].isdigit() and p.name[2] == "_" for p in ARTICLES)
    assert len({p.name[:2] for p in ARTICLES}) == len(ARTICLES)
    assert all(p.name.isascii() for p in ARTICLES)
    assert len(ARTICLES) >= 18


def test_nothing_else_would_be_read_as_an_article():
    assert {p.name for p in SAMPLES.iterdir() if p.is_file()} == {p.name for p in ARTICLES}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.name)
def test_sites_are_imaginary(path):
    """Every address lies in .example, the domain that RFC 2606 keeps free for this."""
    content = path.read_bytes().decode("cp1252", errors="replace")
    for piece in content.replace("<", " ").replace('"', " ").replace(")", " ").split():
        if "://" in piece:
            assert piece.split("://")[1].split("/")[0].endswith(".example"), piece


def test_caption_is_printed_twice_and_the_byline_stands_inside():
    lines = [line for line in text("01").splitlines() if line]
    assert [line for line, after in pairwise(lines) if line == after and "QUILLIEN" in line]
    assert next(i for i, line in enumerate(lines) if "JUDICAËL MORVANT" in line) > 4


def test_repost_date_stands_before_the_publication_date():
    assert text("01").index("reposté par la rédaction web | 15 mars 2025") < text("01").index("Publié le 14 mars 2025")


def test_markdown_links_bold_and_a_sentence_cut_by_a_blank_line():
    assert "[Sainte-Aure](/villes/sainte-aure)" in text("01")
    assert "\n**M. Tkatchouk" in text("01")
    assert "nous rouvrons une* \n\n*usine." in text("01")


def test_near_duplicate_has_the_other_apostrophes_and_comments():
    assert CURLY not in text("01")
    assert STRAIGHT not in text("02")
    assert shared(text("03").split("06:30")[1].split("Source :")[0], text("02")) > 0.9
    assert "Lu 1 204 fois" in text("02")
    assert "@Riverain29" in text("02")


def test_shortened_copy_ends_in_a_subscription_footer():
    assert len(words(text("03"))) < 0.75 * len(words(text("02")))
    assert "Abonnez-vous dès 1 €" in text("03")


def test_wire_dateline_and_hard_wraps():
    lines = text("04").splitlines()
    assert lines[2].startswith("PORT-LHERMINE, 12 mars 2025 (AFP) - ")
    assert max(map(len, lines)) <= 82
    assert sum(line[-1:].isalpha() and after[:1].islower() for line, after in pairwise(lines)) > 10


def test_update_keeps_the_sentences_and_changes_the_figures():
    assert shared(text("04"), text("05")) > 0.6
    assert "18 000 foyers" in text("04")
    assert "27 000 foyers" in text("05")
    assert "Publié le 12 mars 2025 à 9h15 - Mis à jour le 12 mars 2025 à 19h50" in text("05")


def test_two_reports_of_one_event_disagree_and_are_no_copies():
    assert "1 200 manifestants" in text("06")
    assert "1 500 manifestants" in text("07")
    assert shared(text("07"), text("06")) < 0.02


def test_html_remnants_and_entities_in_a_plain_text():
    assert "<p class=" in text("06")
    assert "&eacute;" in text("06")
    assert "<br />" in text("06")


def test_key_point_box():
    assert "Ce qu'il faut retenir\n\n  • " in text("08")


def test_cp1252_file_is_no_utf8():
    with pytest.raises(UnicodeDecodeError):
        raw("09").decode("utf-8")
    content = raw("09").decode("cp1252")
    assert "d’abord" in content
    assert "œuvre" in content
    assert "€" in content


def test_mojibake_is_utf8_read_as_cp1252():
    assert "Ã©" in text("10")
    assert "â€™" in text("10")
    assert "J’ai appris mes histoires de ma grand-mère" in ftfy.fix_encoding(text("10"))


def test_crlf_bom_and_both_no_break_spaces():
    assert raw("11").startswith(b"\xef\xbb\xbf")
    assert raw("11").count(b"\n") == raw("11").count(b"\r\n") > 10
    assert "1\u00a0250\u00a0000 tonnes" in text("11")
    assert "86\u202f400 voyageurs" in text("11")


def test_tag_list_of_a_machine_translation():
    assert text("12").splitlines()[-1].startswith("(Tagstotranslate) ")
    assert text("12").count(" (T) ") > 5


def test_front_matter_and_page():
    assert text("13").startswith("---\ntitle: ")
    assert "<figcaption>" in text("14")
    assert "</html>" in text("14")


def test_json_lines_hold_three_records_and_one_broken_line():
    good, bad = [], []
    for line in text("15").splitlines():
        try:
            good.append(json.loads(line))
        except json.JSONDecodeError:
            bad.append(line)
    assert [sorted(r) for r in good] == [["date", "text", "title", "url"]] * 3
    assert len(bad) == 1


def test_english_empty_and_comments_only():
    assert " the harbour of " in text("16")
    assert raw("17") == b""
    assert text("18").count(" a écrit :\n") == 5


def test_counter_byline_after_the_date_and_hyphenated_wrap():
    assert "| 2 817 vues" in text("19")
    assert "dans une se-\nmaine." in text("20")


def test_soft_hyphens_missing_spaces_and_twice_escaped_entity():
    assert "congé\u00adlateur" in text("21")
    assert "À Port-Lhermine,on" in text("21")
    assert "&amp;amp;" in text("21")


@pytest.mark.parametrize("reader", [r.name for r in READERS])
def test_every_reader_has_a_sample(reader):
    files = [path for path in SAMPLES.rglob("*") if path.is_file()]
    sources = [file_source(path, path.relative_to(SAMPLES).as_posix(), read_limits()) for path in files]
    readers = [whose(source) for source in sources]
    assert reader in {r.name for r in readers if r}


def test_samples_of_many_records_give_each_of_them():
    counts = Counter(record["source_path"].split("/")[0] for record in records_of_samples())
    several = {
        "36": 2,
        "37": 2,
        "38": 2,
        "39": 1,
        "40": 1,
        "41": 1,
        "42": 1,
        "43": 1,
        "44": 1,
        "45": 2,
        "46": 2,
        "47": 1,
    }
    assert {name[:2]: n for name, n in counts.items() if name[:2] in several} == several
    assert counts["48_dossier.zip"] == counts["txm"] == 2


def records_of_samples():
    items = [item for file in list_files(SAMPLES) for item in read_records(file)]
    return [item for item in items if isinstance(item, dict)]


def test_drones_and_changing_titles_run_through_the_corpus():
    everything = {
        p.name: p.read_bytes().decode("cp1252" if p.name.startswith(("09", "34")) else "utf-8", "replace")
        for p in ARTICLES
    }
    assert sum("drones" in t for t in everything.values()) >= 3
    joined = " ".join(everything.values())
    for role in ("ministre des Transports, Bastien Ravoire", "ministre de l'Intérieur, Bastien Ravoire"):
        assert role in joined
    assert "Oleksandr Tkatchouk" in joined
    assert "Oleksandr Tkachuk" in joined
