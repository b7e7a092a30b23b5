"""Units as written in French: of measure (UCUM), of time, of money (ISO 4217) and percent.

Facts: schemas/lexicon/units.csv and currencies_extra.csv, and the French currency names, singular and plural, that
Babel takes from the CLDR.
"""

from functools import cache
from typing import NamedTuple

from babel import Locale

from schemas import lexicon

APOSTROPHES = str.maketrans({"'": "’", "ʼ": "’"})
DOLLAR_SITES = {"ca": "CAD", "au": "AUD", "nz": "NZD", "hk": "HKD", "sg": "SGD"}
"""What a bare dollar is, by the country of the site."""
FRANC_SITES = {"ch": "CHF", "sn": "XOF", "ci": "XOF", "ml": "XOF", "bf": "XOF", "bj": "XOF", "tg": "XOF", "cm": "XAF",
               "ga": "XAF", "cg": "XAF", "td": "XAF", "nc": "XPF", "pf": "XPF", "cd": "CDF", "mg": "MGA"}  # fmt: skip
DINAR_SITES = {"dz": "DZD", "tn": "TND", "ma": "MAD"}
BARE_DOLLARS = frozenset({"$", "dollar", "dollars", "k$", "m$", "md$", "mds$", "g$"})
BARE_FRANCS = frozenset({"franc", "francs"})
OTHER_FRANCS = ("XOF", "XAF", "XPF", "CDF", "GNF", "RWF", "DJF", "KMF", "BIF", "MGA")
"""Francs other than the Swiss, which need a word more; where an article says it once, its other francs are the same."""
BARE_DIRHAMS = frozenset({"dirham", "dirhams"})
BARE_DINARS = frozenset({"dinar", "dinars"})
PERCENT_UNITS = ("percent", "percentage_point")


class Unit(NamedTuple):
    """A unit: the kind of figure it makes, its code (null where the standard has none) and what to multiply by."""

    kind: str
    code: str | None
    factor: float = 1.0


@cache
def unit_words() -> dict[str, Unit]:
    """Units written as words, lower case, by form."""
    babel = Locale.parse("fr")
    words: dict[str, Unit] = {}
    for code, plurals in babel._data["currency_names_plural"].items():
        for form in plurals.values():
            if "(" not in form and not form.startswith("unité"):
                words[form.lower().replace("'", "’")] = Unit("money", code)
    rows = lexicon.read("units").to_dicts()
    words |= {r["form"].lower(): Unit(r["kind"], r["unit"], r["factor"]) for r in rows if not r["is_symbol"]}
    rows = lexicon.read("currencies_extra").to_dicts()
    words |= {r["form"].lower(): Unit("money", r["currency"], r["factor"]) for r in rows if not r["is_symbol"]}
    return words


@cache
def unit_symbols() -> dict[str, Unit]:
    """Units written as symbols, where upper and lower case differ, by form."""
    rows = lexicon.read("units").to_dicts()
    symbols = {r["form"]: Unit(r["kind"], r["unit"], r["factor"]) for r in rows if r["is_symbol"]}
    rows = lexicon.read("currencies_extra").to_dicts()
    signs = {r["form"]: Unit("money", r["currency"], r["factor"]) for r in rows if r["is_symbol"]}
    return symbols | multiply_signs(signs) | signs


MULTIPLIERS = {"k": 1e3, "K": 1e3, "M": 1e6, "Md": 1e9, "MD": 1e9, "Mds": 1e9, "Mrd": 1e9, "G": 1e9}
CODES = ("EUR", "USD", "CHF", "CAD", "GBP")
DOLLAR_SIGNS = {"$ US": "USD", "$US": "USD", "$ CA": "CAD", "$CA": "CAD", "$ CAN": "CAD", "$ AU": "AUD"}


def multiply_signs(signs: dict[str, Unit]) -> dict[str, Unit]:
    """Codes and signs of currencies with a multiplier before them: KUSD, MEUR, G$ US."""
    plain = {code: signs[code] for code in CODES} | {form: Unit("money", code) for form, code in DOLLAR_SIGNS.items()}
    scaled = {
        f"{mark}{form}": Unit("money", unit.code, factor)
        for form, unit in plain.items()
        for mark, factor in MULTIPLIERS.items()
    }
    return plain | scaled


def find_unit(form: str) -> Unit | None:
    """The unit a form stands for; null where it is none."""
    form = form.translate(APOSTROPHES)
    return unit_symbols().get(form) or unit_words().get(" ".join(form.lower().split()))


def localise_currency(form: str, code: str | None, country: str | None) -> str | None:
    """The currency meant by a bare name that several countries share.

    "$" and "dollar" are US dollars unless the site is of a country with its own; "franc" and "dinar" are unknown
    (null) unless the site tells.
    """
    form = form.lower()
    if form in BARE_DOLLARS:
        return DOLLAR_SITES.get(country or "", code)
    if form in BARE_FRANCS:
        return FRANC_SITES.get(country or "", code)
    if form in BARE_DINARS:
        return DINAR_SITES.get(country or "", code)
    return code


def country_of_site(site: str | None) -> str | None:
    """The country of a host, from its last label; null for .com and the like."""
    label = (site or "").rsplit(".", 1)[-1].lower()
    return label if len(label) == 2 else None
