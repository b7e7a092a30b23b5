"""The table quotations."""

import pandera.polars as pa

KINDS = ("direct", "partial", "indirect")
SPEAKER_RULES = {
    "name": "the subject of the word of speech is a name",
    "pronoun": "il, elle, ce dernier, le second: the nearest fitting person or the organisation that is the subject before, else who spoke last",
    "role": "le ministre: the person with that role",
    "noun": "la chercheuse: the nearest fitting person",
    "institution": "le ministère: the last organisation whose name has the noun",
    "organisation": "le groupe: the nearest organisation",
    "statement": "le communiqué: the nearest organisation",
    "subject": "no word of speech: the subject of the sentence",
    "continued": "no word of speech: who spoke just before",
    "sentence before": "no word of speech: who spoke or was the subject in the sentence before",
    "paragraph": "no word of speech: the only person among the subjects of the paragraph before",
    "author": "no word of speech: whose letter, speech or post the sentences before speak of",
    "later name": "named only after the quotation",
    "unnamed": "somebody the text does not name",
    "correction": "corrections.csv says so",
}
"""How a speaker was found: the rule and what it means."""


class Quotations(pa.DataFrameModel):
    """Words given as somebody's. One row per quotation, marks excluded."""

    quotation_id: str = pa.Field(description="From the article and the place.")
    article_id: str = pa.Field(description="Where it was read.", metadata={"references": "articles"})
    start: int = pa.Field(ge=0, description="First character in articles.text; code points from 0.")
    end: int = pa.Field(ge=1, description="One past the last character in articles.text.")
    text: str = pa.Field(description="The words quoted, marks excluded.")
    kind: str = pa.Field(
        isin=KINDS,
        description="direct: a clause or more; partial: a fragment in the reporter's sentence; indirect: reported speech without marks.",
    )
    speaker_id: str = pa.Field(
        nullable=True,
        description="Who said it; null where the text does not name one.",
        metadata={"references": "entities"},
    )
    speaker_mention_id: str = pa.Field(
        nullable=True,
        description="The mention that names the speaker; null where a rule without one found it.",
        metadata={"references": "mentions"},
    )
    speaker_text: str = pa.Field(
        nullable=True,
        description="The words that name the speaker, as written; both names where two speak together, speaker_id being the first.",
    )
    speaker_rule: str = pa.Field(
        nullable=True,
        isin=tuple(SPEAKER_RULES),
        description="How the speaker was found; null where none was. "
        + "; ".join(f"{rule}: {meaning.replace(';', ',')}" for rule, meaning in SPEAKER_RULES.items())
        + ".",
    )
    verb: str = pa.Field(nullable=True, description="The word of speech: déclarer, selon.")
    raw_start: int = pa.Field(ge=0, description="First character in documents.text; code points from 0.")
    raw_end: int = pa.Field(ge=1, description="One past the last character in documents.text.")

    class Config:
        name = "quotations"
        strict = True
        unique = ["quotation_id"]
        metadata = {"key": "checked"}
