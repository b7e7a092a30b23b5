"""Lines repaired, with the passage each clean character came from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.layout.repairs import repair_line


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("L'été d’hier", "L’été d’hier"),
        ("**Gras** et *penché*, [lien](https://x.example)", "Gras et penché, lien"),
        ("« *il y a* », dit-il", "« il y a », dit-il"),
        ("### **Un titre**", "Un titre"),
        ("- un point ;", "un point ;"),
        ("- Sous-titre -", "Sous-titre"),
        ("— Oui, dit-il.", "— Oui, dit-il."),
        ("<p class='a'>Un&nbsp;caf&eacute;<br/>noir</p>", "Un café noir"),
        ("&amp;eacute;", "é"),
        ("&amp;amp;rsquo;", "’"),
        ("AT&amp;T; R&amp;D", "AT&T; R&D"),
        ("la ﬁn de l’aﬀaire", "la fin de l’affaire"),
        ("\x1b[1mTitre\x1b[0m", "Titre"),
        ("\u20669,8\u2069 millions", "9,8 millions"),
        ("√©t√© 2024", "été 2024"),
        ("√2, une racine", "√2, une racine"),
        ("lβ€™Γ©tΓ©", "l’été"),
        ("la fonction Γ (x)", "la fonction Γ (x)"),
        ("ministre,Jean", "ministre, Jean"),
        ("**ministre**,Jean", "ministre, Jean"),
        ("10,5 et 1.200", "10,5 et 1.200"),
        ("lâ€™Ã©tÃ©, 5 â‚¬", "l’été, 5 €"),
        ("tour\u00adnait", "tournait"),
        ("e\u0301te\u0301", "été"),
        ("a\u00a0 \u202fb", "a b"),
        ("p*te et m*rde", "p*te et m*rde"),
        ("un [mot] entre crochets", "un [mot] entre crochets"),
        ("<https://x.example/a_b_c>", "https://x.example/a_b_c"),
        ("2 < 3 et 5 > 4", "2 < 3 et 5 > 4"),
    ],
)
def test_markup_goes_and_text_stays(raw, clean):
    assert repair_line(raw).clean == clean


def test_repairs_are_named():
    assert repair_line("lâ€™Ã©tÃ©&nbsp;a,b\x00").repairs == [
        "html entities", "missing space after comma", "mojibake", "nul bytes",
    ]  # fmt: skip


PIECES = st.sampled_from(
    [
        "L'été",
        " ",
        "  ",
        "&eacute;",
        "&nbsp;",
        "**",
        "*",
        "_",
        "<b>",
        "</b>",
        "[",
        "](x)",
        ",",
        "Ã©",
        "â€™",
        "\u00ad",
        "e\u0301",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=40)))
def test_runs_are_in_order_do_not_overlap_and_keep_what_they_say(raw):
    clean, runs, _ = repair_line(raw)
    assert clean == clean.strip(" ")
    assert "  " not in clean
    last, last_raw = -1, 0
    for start, end, raw_start, raw_end in runs:
        assert end - start == raw_end - raw_start
        assert last < start <= end <= len(clean)
        assert last_raw <= raw_start <= raw_end <= len(raw)
        assert all(
            a == b or a in "’ " or not b.isascii()
            for a, b in zip(clean[start:end], raw[raw_start:raw_end], strict=True)
        )
        last, last_raw = (start if start == end else end - 1), raw_end
