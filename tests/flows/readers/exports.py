"""Invented exports of the press in the layouts of services and tools: the same articles in each, as many as wanted."""

import csv
import io
import json
import zipfile
from datetime import date, timedelta
from html import escape
from typing import NamedTuple
from xml.sax.saxutils import escape as escape_xml

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PAPERS = ("L’Éveil de Corbéron", "Le Petit Vautréen", "La Gazette d’Arnoval")
AUTHORS = ("Odile Brassac", "Rémi Coudert", "Jeanne d’Aubrac")
SECTIONS = ("Économie", "Vie locale", "Sports")


class Piece(NamedTuple):
    """One invented article."""

    number: int
    title: str
    day: date
    paper: str
    author: str
    section: str
    paragraphs: tuple[str, ...]

    @property
    def french_day(self) -> str:
        """Such as « mardi 8 juin 2021 »."""
        return f"{DAYS[self.day.weekday()]} {self.day.day} {MONTHS[self.day.month - 1]} {self.day.year}"

    @property
    def english_day(self) -> str:
        """Such as « June 8, 2021 Tuesday »."""
        return f"{ENGLISH[self.day.month - 1]} {self.day.day}, {self.day.year} {ENGLISH_DAYS[self.day.weekday()]}"

    @property
    def plain_day(self) -> str:
        """Such as « 8 juin 2021 »."""
        return self.french_day.split(" ", 1)[1]

    @property
    def text(self) -> str:
        """The paragraphs with blank lines between."""
        return "\n\n".join(self.paragraphs)

    @property
    def identifier(self) -> str:
        """A number as archives give them."""
        return f"{self.day:%Y%m%d}{self.number:06}"


def pieces(count: int) -> list[Piece]:
    """As many articles, each unlike the others, with words that cp1252 and entities tell apart."""
    return [
        Piece(
            n,
            f"Le bac n° {n} de Vautrée cherche un pilote",
            date(1987, 1, 5) + timedelta(days=31 * n % 13_000),
            PAPERS[n % 3],
            AUTHORS[n % 3],
            SECTIONS[n % 3],
            (
                f"Le syndicat du bac n° {n} a ouvert lundi un concours, l’ancien pilote étant parti à la retraite "
                "après trente ans de traversées entre les deux rives.",
                "« Personne n’a répondu à la première annonce », regrette Solène Marchal, qui préside le syndicat, "
                "devant une douzaine d’usagers.",
                f"La traversée coûte {2 + n % 7} euros ; l’œuvre sociale de la commune en paie la moitié.",
            ),
        )
        for n in range(count)
    ]


def europresse(articles: list[Piece]) -> bytes:
    """The present layout: an <article> each."""
    boxes = "".join(
        f'<article> <header> <div class="rdp__DocPublicationName"> <span class="DocPublicationName">{escape(a.paper)}, '
        f'no. {a.number + 100}   </span> </div> <div class="rdp__DocHeader"> <span class="DocHeader">{a.section}, '
        f'{a.french_day}, p. {a.number % 40 + 1}</span> </div> <div class="titreArticle"> '
        f'<p class="titreArticleVisu rdp__articletitle">{escape(a.title)}</p> </div> '
        f'<div class="docAuthors">{a.author}</div> </header> <section> <div class="DocText clearfix"> '
        f'<div class="docOcurrContainer">{"".join(f"<p>{escape(p)}</p> " for p in a.paragraphs)}</div> </div> </section> '
        f"<aside></aside> <footer> <small>© {a.day.year} {escape(a.paper)}. Tous droits réservés.</small> "
        f'<div id="divPubliC"><span class="publiC-lblNodoc">news·{a.day:%Y%m%d}·VZ·{a.number:04}</span>'
        "<div>Ce certificat est émis à <b>Lycée de Corbéron</b> à des fins de visualisation personnelle.</div></div>"
        "</footer> </article> "
        for a in articles
    )
    style = "<style>" + ".titre{margin:20px 0}" * 900 + "</style>"
    return f'<!DOCTYPE html> <html> <head> <meta charset="utf-8"> {style}</head> <body> {boxes}</body></html>'.encode()


def europresse_tables(articles: list[Piece]) -> bytes:
    """The older layout: a table each, announced as ISO-8859-1, with bytes of cp1252."""
    boxes = "".join(
        '<table style="table-layout: fixed;" border="0"><tr><td style="word-wrap: break-word;"><table '
        'id="tbHeaderImages"><tr><td id="celPublication"></td></tr></table>'
        f'<span class="DocPublicationName">{escape(a.paper)}</span><br><span class="DocHeader">{a.section}, </span>'
        f'<span class="DocHeader">{DAYS[a.day.weekday()]} </span><span class="DocHeader">{a.plain_day}</span>'
        f'<span class="DocHeader">, p. {a.number % 40 + 1}</span><br><br><span class="TitreArticleVisu">{escape(a.title)}'
        f"</span><br><br>{a.author}<br><p></p>{'<p></p>'.join(escape(p) for p in a.paragraphs)}<p></p><b><i>© "
        f"{a.day.year} {escape(a.paper)}. Tous droits réservés.</i></b><p></p>Numéro de document : "
        f'news·{a.day:%Y%m%d}·VZ·{a.number:04}<br><br><table bgcolor="#ffffff"><tr><td align="center">Ce certificat est '
        "émis à <b>Lycée de Corbéron</b>.</td></tr></table></td></tr></table>\n<p><br><br>"
        for a in articles
    )
    head = '<html><head><META http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"></head><body>'
    return f"{head}{boxes}</body></html>".encode("cp1252")


def europresse_text(articles: list[Piece]) -> bytes:
    """A selection as plain text."""
    return "".join(
        f"{a.paper}\n{a.section}, {a.french_day}, p. {a.number % 40 + 1}\n\n{a.title}\n\n{a.author}\n\n{a.text}\n\n"
        f"© {a.day.year} {a.paper}. Tous droits réservés.\nNuméro de document : news·{a.day:%Y%m%d}·VZ·{a.number:04}\n"
        "Ce certificat est émis à Lycée de Corbéron à des fins de visualisation personnelle et temporaire.\n\n\n"
        for a in articles
    ).encode()


def factiva(articles: list[Piece]) -> bytes:
    """Full articles with their fields in a table."""

    def row(code: str, value: str) -> str:
        return f'<tr><td align="right" class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>'

    boxes = "".join(
        '<div class="article frArticle"><table>'
        + row("SE", a.section)
        + row("HD", f"<b class='frHeadline'>{escape(a.title)}</b>")
        + row("BY", a.author)
        + row("WC", "86 mots")
        + row("PD", a.plain_day)
        + row("ET", "06:30")
        + row("SN", escape(a.paper))
        + row("SC", "VZPRES")
        + row("PG", str(a.number % 40 + 1))
        + row("LA", "Français")
        + row("CY", f"(c) {a.day.year}")
        + row("LP", f'<p class="articleParagraph frarticleParagraph">{escape(a.paragraphs[0])}</p>')
        + row(
            "TD", "".join(f'<p class="articleParagraph frarticleParagraph">{escape(p)}</p>' for p in a.paragraphs[1:])
        )
        + row("RE", "fra : France | eurz : Europe")
        + row("AN", f"Document VZPRES00{a.identifier}")
        + "</table><br/></div>"
        for a in articles
    )
    return f"<!DOCTYPE html><html><head><title>Factiva</title></head><body>{boxes}</body></html>".encode()


def factiva_plain(articles: list[Piece]) -> bytes:
    """Full articles without their fields: lines whose place says what they are."""
    boxes = "".join(
        f'<div class="article frArticle"><div>{a.section}</div><div id="hd"><span class="frHeadline">{escape(a.title)}'
        f'</span></div><div class="author">{a.author}</div><div>86 mots</div><div>{a.plain_day}</div><div>06:30</div>'
        f"<div>{escape(a.paper)}</div><div>VZPRES</div><div>{a.number % 40 + 1}</div><div>Français</div>"
        f"<div>(c) {a.day.year}</div>"
        + "".join(f'<p class="articleParagraph frarticleParagraph">{escape(p)}</p>' for p in a.paragraphs)
        + f"<p>Document VZPRES00{a.identifier}</p></div>"
        for a in articles
    )
    return f"<!DOCTYPE html><html><head><title>Factiva</title></head><body>{boxes}</body></html>".encode()


def factiva_text(
    articles: list[Piece], words: str = "mots", language: str = "Français", english: bool = False
) -> bytes:
    """The page as text, in the language of its reader."""

    def day(a: Piece) -> str:
        return f"{a.day.day} {ENGLISH[a.day.month - 1]} {a.day.year}" if english else a.plain_day

    return "".join(
        f"{a.section}\n{a.title}\n\n{a.author}\n86 {words}\n{day(a)}\n06:30\n{a.paper}\nVZPRES\n{a.number % 40 + 1}\n"
        f"{language}\n{'Copyright' if english else '(c)'} {a.day.year}\n\n{a.text}\n\nDocument VZPRES00{a.identifier}\n\n\n"
        for a in articles
    ).encode()


def factiva_text_english(articles: list[Piece]) -> bytes:
    """The same for an English reader."""
    return factiva_text(articles, "words", "French", english=True)


def factiva_fields(articles: list[Piece]) -> bytes:
    """Text with its fields."""
    return "".join(
        f"SE   {a.section}\nHD   {a.title}\nBY   {a.author}\nWC   86 mots\nPD   {a.plain_day}\nSN   {a.paper}\nSC   VZPRES\n"
        f"PG   {a.number % 40 + 1}\nLA   Français\nCY   (c) {a.day.year}\n\nLP\n{a.paragraphs[0]}\n\nTD\n"
        + "\n".join(a.paragraphs[1:])
        + f"\n\nRE   fra : France\nAN   Document VZPRES00{a.identifier}\n\n\n"
        for a in articles
    ).encode()


def nexis(articles: list[Piece]) -> bytes:
    """LexisNexis as text, French labels, lines of 70 characters."""
    total = len(articles)
    return (
        f"\n\nDownload Request: Tous les documents: 1-{total}\nTime Of Request: lundi 4 décembre 2023  10:12:44\n\n\n"
        + "".join(
            f"{'':30}{n} of {total} DOCUMENTS\n\n\n{'':30}{a.paper}\n\n{'':25}{a.plain_day} {DAYS[a.day.weekday()].title()}"
            f"\n\n{a.title}\n\nAUTEUR: {a.author}\n\nRUBRIQUE: {a.section.upper()}; Pg. {a.number % 40 + 1}\n\nLONGUEUR: "
            f"86 mots\n\n{a.text}\n\nDATE-CHARGEMENT: {a.plain_day}\n\nLANGUE: FRENCH; FRANÇAIS\n\nTYPE-PUBLICATION: "
            f"Journal\n\n\n{'':20}Copyright {a.day.year} {a.paper}\n{'':25}Tous droits réservés\n\n\n"
            for n, a in enumerate(articles, 1)
        )
    ).encode()


def nexis_english(articles: list[Piece]) -> bytes:
    """LexisNexis as text, English labels."""
    total = len(articles)
    return "".join(
        f"{'':30}{n} of {total} DOCUMENTS\n\n\n{'':30}{a.paper}\n\n{'':25}{a.english_day}\n\n{a.title}\n\nBYLINE: {a.author}"
        f"\n\nSECTION: {a.section.upper()}; Pg. {a.number % 40 + 1}\n\nLENGTH: 86 words\n\n{a.text}\n\nLOAD-DATE: "
        f"{a.english_day}\n\nLANGUAGE: FRENCH\n\nPUBLICATION-TYPE: Newspaper\n\n\n{'':20}Copyright {a.day.year} {a.paper}\n"
        f"{'':25}All Rights Reserved\n\n\n"
        for n, a in enumerate(articles, 1)
    ).encode()


def _nexis_uni(articles: list[Piece], french: bool) -> list[str]:
    cover = ["Date and Time: lundi 4 décembre 2023 10:12:00", "Job Number: 201", f"Documents ({len(articles)})"]
    lines = [*cover, *(f"{n}. {a.title}" for n, a in enumerate(articles, 1)), ""]
    for a in articles:
        place = f"{a.section.upper()}; Pg. {a.number % 40 + 1}"
        lines += [a.title, a.paper, a.french_day if french else a.english_day, ""]
        lines += [f"Copyright {a.day.year} {a.paper} Tous droits réservés", ""]
        labels = ("Rubrique", "Longueur", "Auteur") if french else ("Section", "Length", "Byline")
        lines += [f"{labels[0]}: {place}", f"{labels[1]}: 86 mots", f"{labels[2]}: {a.author}"]
        lines += ["Corps" if french else "Body", "", *a.paragraphs, "", "Classification", ""]
        lines += [f"{'Langue' if french else 'Language'}: FRENCH; FRANÇAIS", "Publication-Type: Journal", ""]
        lines += ["Fin du document" if french else "End of Document", ""]
    return lines


def _docx(lines: list[str]) -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{escape_xml(line)}</w:t></w:r></w:p>" for line in lines)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>')
    return stream.getvalue()


def _rtf(lines: list[str]) -> bytes:
    def letters(line: str) -> str:
        return "".join(c if c.isascii() and c not in "\\{}" else f"\\u{ord(c)}?" for c in line)

    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0 " + "".join(f"{letters(line)}\\par\n" for line in lines) + "}").encode()


def nexis_docx(articles: list[Piece]) -> bytes:
    """Nexis Uni as .docx, English labels."""
    return _docx(_nexis_uni(articles, french=False))


def nexis_docx_french(articles: list[Piece]) -> bytes:
    """Nexis Uni as .docx, French labels."""
    return _docx(_nexis_uni(articles, french=True))


def nexis_rtf(articles: list[Piece]) -> bytes:
    """Nexis Uni as .rtf."""
    return _rtf(_nexis_uni(articles, french=False))


def factiva_rtf(articles: list[Piece]) -> bytes:
    """Factiva as .rtf."""
    return _rtf(factiva_text(articles).decode().split("\n"))


def starred(articles: list[Piece]) -> bytes:
    """IRaMuTeQ: the day and the newspaper as starred variables; titles stand in the text."""
    return "".join(
        f"**** *journal_{a.paper.replace(' ', '_')} *date_{a.day:%Y-%m-%d} *auteur_{a.author.replace(' ', '_')} "
        f"*titre_{a.title.replace(' ', '_')}\n" + "\n".join(a.paragraphs) + "\n\n"
        for a in articles
    ).encode()


def _rows(articles: list[Piece]) -> list[dict[str, str]]:
    return [
        {
            "titre": a.title,
            "date": f"{a.day:%d/%m/%Y}",
            "journal": a.paper,
            "auteur": a.author,
            "note": "3,5",
            "texte": a.text,
        }
        for a in articles
    ]


def table(articles: list[Piece], delimiter: str = ";", encoding: str = "cp1252") -> bytes:
    """A table as a French spreadsheet writes it."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(_rows(articles)[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(_rows(articles))
    return stream.getvalue().encode(encoding)


def table_commas(articles: list[Piece]) -> bytes:
    """The same as pandas writes it."""
    return table(articles, ",", "utf-8")


def table_tabs(articles: list[Piece]) -> bytes:
    """The same as spreadsheets write « Unicode text »."""
    return table(articles, "\t", "utf-16")


def workbook(articles: list[Piece]) -> bytes:
    """A workbook whose second sheet holds the articles, days as days, below a heading."""
    from openpyxl import Workbook

    book = Workbook()
    book.active["A1"] = "Corpus du bac"
    sheet = book.create_sheet("articles")
    sheet.append(["Revue de presse"])
    sheet.append(["Titre", "Date de publication", "Journal", "Auteur", "Texte"])
    for a in articles:
        sheet.append([a.title, a.day, a.paper, a.author, a.text])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _objects(articles: list[Piece]) -> list[dict[str, object]]:
    return [
        {
            "maintext": a.text,
            "text": None,
            "title": a.title,
            "date_publish": f"{a.day:%Y-%m-%d} 00:00:00",
            "authors": [a.author],
            "source": {"id": None, "name": a.paper},
        }
        for a in articles
    ]


def json_list(articles: list[Piece]) -> bytes:
    """A list of objects."""
    return json.dumps(_objects(articles), ensure_ascii=False, indent=1).encode()


def json_holding(articles: list[Piece]) -> bytes:
    """An object that holds the list."""
    return json.dumps({"status": "ok", "total": len(articles), "data": {"articles": _objects(articles)}}).encode()


def json_lines(articles: list[Piece]) -> bytes:
    """An object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _objects(articles)).encode()


def parquet(articles: list[Piece]) -> bytes:
    """A table of Arrow."""
    import polars as pl

    stream = io.BytesIO()
    rows = [row | {"date": a.day} for row, a in zip(_rows(articles), articles, strict=True)]
    pl.DataFrame(rows).write_parquet(stream)
    return stream.getvalue()


LAYOUTS = {
    "europresse.HTML": europresse,
    "europresse_ancien.html": europresse_tables,
    "europresse.txt": europresse_text,
    "factiva.html": factiva,
    "factiva_sans_champs.html": factiva_plain,
    "factiva.txt": factiva_text,
    "factiva_en.txt": factiva_text_english,
    "factiva_champs.txt": factiva_fields,
    "factiva.rtf": factiva_rtf,
    "nexis.TXT": nexis,
    "nexis_en.txt": nexis_english,
    "nexis.docx": nexis_docx,
    "nexis_fr.docx": nexis_docx_french,
    "nexis.rtf": nexis_rtf,
    "corpus_iramuteq.txt": starred,
    "table.csv": table,
    "pandas.csv": table_commas,
    "unicode.tsv": table_tabs,
    "classeur.xlsx": workbook,
    "liste.json": json_list,
    "objet.json": json_holding,
    "lignes.jsonl": json_lines,
    "colonnes.parquet": parquet,
}
"""A file's name and what makes its bytes, for each layout."""
