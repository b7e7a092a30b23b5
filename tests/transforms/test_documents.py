"""Bytes to text: encodings before UTF-8, and what a second encoding leaves behind."""

import pytest

from transforms.documents import decode, decode_markup, undo_escapes

FRENCH = (
    "Le château de l’évêque a été vendu : « C’est déjà l’été », a dit François Noël. Où ça ? À Nîmes, près du cœur "
    "de ville, pour 4 € le mètre."
)
PLAIN = "Le prix de l'oeuf a grimpé à 4,20 € la douzaine d'œufs, selon l'éleveur de Brévigny."


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "mac-roman", "utf-16-le", "utf-16-be", "utf-16"])
def test_french_is_read_in_the_encoding_it_was_saved_in(encoding):
    assert decode(FRENCH.encode(encoding)).text == FRENCH


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859-15", "mac-roman"])
def test_the_euro_and_the_ligature_tell_single_bytes_apart(encoding):
    decoded = decode(PLAIN.encode(encoding))
    assert (decoded.text, decoded.encoding) == (PLAIN, encoding)


def test_old_text_of_dos():
    text = "La mairie a fermé la piscine à cause de la sécheresse, a-t-elle indiqué."
    assert decode(text.encode("cp850")).text == text


def test_fractions_and_degrees_stay_what_they_are():
    text = "Il faut 1½ litre d'eau à 20°, et ¼ de sel, précise l'étude."
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("declared", "page"),
    [
        (None, b"<meta charset='iso-8859-1'><p>L\x92\xe9t\xe9</p>"),
        ("iso-8859-1", b"<p>L\x92\xe9t\xe9</p>"),
        (None, b"<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'><p>L\x92\xe9t\xe9</p>"),
        ("utf-8", b"<p>L\x92\xe9t\xe9</p>"),
        ("no-such-code", b"<p>L\x92\xe9t\xe9</p>"),
    ],
)
def test_pages_are_read_as_browsers_read_them(declared, page):
    assert "L’été" in decode_markup(page, declared).text


@pytest.mark.parametrize(
    ("text", "undone", "repairs"),
    [
        ("Le ch\\u00e2teau, \\u00ab vendu \\u00bb", "Le château, « vendu »", ["escaped letters"]),
        ("Titre\\n\\nUn texte.\\nFin", "Titre\n\nUn texte.\nFin", ["escaped line breaks"]),
        ("Titre\\r\\n\\r\\nUn texte.", "Titre\n\nUn texte.", ["escaped line breaks"]),
        ("Un dossier C:\\nouveau\\temp", "Un dossier C:\\nouveau\\temp", []),
        ("Le code \\n fait\nune ligne", "Le code \\n fait\nune ligne", []),
        ("Un texte sans rien", "Un texte sans rien", []),
    ],
)
def test_escapes_of_json_are_undone_and_told(text, undone, repairs):
    assert undo_escapes(text) == (undone, repairs)
