"""What every table means. The models here are the only description: DDL, checks and docs/tables.md derive from them."""

from schemas.articles import Alignments, Articles
from schemas.blocks import Blocks
from schemas.corrections import Aliases, Corrections, EntityRedirects, Overruled
from schemas.documents import Documents
from schemas.duplicates import Duplicates, Shingles, Stories
from schemas.entities import Entities, PersonRoles
from schemas.entity_names import EntityNames
from schemas.figures import Figures
from schemas.files import Files
from schemas.forgotten import Forgotten
from schemas.lexicons import Lexicons
from schemas.line_hashes import LineHashes
from schemas.mentions import Mentions
from schemas.quotations import Quotations
from schemas.run_warnings import RunRoles, RunWarnings
from schemas.runs import Rejects, Runs
from schemas.sentences import Sentences
from schemas.sightings import Sightings
from schemas.time_expressions import TimeExpressions
from schemas.tokens import Stems, Tokens

TABLES = (
    Documents, Sightings, Files, LineHashes, Blocks, Articles, Alignments, Sentences, Tokens, Stems, Mentions, Entities, EntityNames, EntityRedirects,
    PersonRoles, Figures, TimeExpressions, Quotations, Duplicates, Stories, Shingles, Aliases, Corrections, Overruled,
    Lexicons, Rejects, Runs, RunRoles, RunWarnings, Forgotten,
)  # fmt: skip
"""Every table, in the order data flows."""
