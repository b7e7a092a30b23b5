"""spaCy's `ner` pipe for fr_core_news_md, decision for decision, in numpy and several times faster.

spaCy spends its time on what depends on one word only (splitting it, hashing it, embedding it) and on stepping
through the tokens one at a time. Here:

1. A *chunk* (what stands between white space) is split by spaCy's tokeniser once and kept in `ChunkTable`.
2. A *token* is embedded by spaCy's own layers once and kept in `TokenTable`, together with its products with the
   weights of the first convolution, so that this convolution is a sum of three rows.
3. The other convolutions run over all texts of a batch, in blocks that stay in the processor's cache.
4. The scores of the state "no name is open" do not depend on earlier decisions: one matrix product gives them all.
   Only names of several tokens are stepped through, those of a batch all together.

Sums of floating-point numbers taken in another order differ in the last digits, and spaCy's own do so with the size
of its batches. Where two moves are closer than CLOSE_CALL, the text is given to spaCy itself.

Set OPENBLAS_NUM_THREADS=1 and OMP_NUM_THREADS=1 before numpy is imported, and run one process per core: the
matrices are small, and threads would only wait for each other.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Features = npt.NDArray[np.uint64]
Span = tuple[int, int, str]
"""Start and end in code points, end excluded, and the label."""

WIDTH = 96
PIECES = 3
WINDOW = 3 * WIDTH
GAP = 4
"""Empty rows between two texts, as in spaCy: each of the four convolutions looks one row to either side."""
BLOCK = 1_024
"""Rows convolved at once: 1,024 x 288 floats stay in a cache of 2 MB."""
BATCH_CHARACTERS = 50_000
"""About 10,000 tokens. Larger batches are not faster and take more memory."""
HOT_TOKENS = 8_192
"""Tokens whose products are kept: those seen first, nearly always the frequent ones. 3,456 bytes each, 28 MB; four
times as many are not faster."""
TOKENS = 120_000
"""Tokens kept before everything is forgotten: 46 MB of embeddings. About 25,000 news articles hold as many."""
CHUNKS = 250_000
"""Chunks kept before everything is forgotten: about 70 MB."""
ROOM = 131_072
"""Rows for embeddings from the start, TOKENS and those of a batch; memory is taken only for those that are used, and
none is copied to make room."""
CLOSE_CALL = 1e-3
"""Scores lie between -13 and 15, and on 400 articles none was further than 0.00001 from spaCy's. One text in 2,000
holds a call this close."""
EPSILON = 1e-8
"""thinc's layer normalisation adds it to the variance."""

WHITE_OR_NOT = re.compile(r"\S+|\s+")


def recognise_with_spacy(nlp: Language, texts: Sequence[str]) -> list[list[Span]]:
    """The decisions that the rest of this file repeats."""
    with nlp.memory_zone():
        return [[(name.start_char, name.end_char, name.label_) for name in doc.ents] for doc in nlp.pipe(texts)]


class FastNer:
    """The `ner` pipe of one pipeline, for many texts at once. The pipeline should be used for nothing else."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        nlp.max_length = 1 << 30  # its own limit is for memory that it takes here only for the words not seen before
        # What `ner` reads of a word; spaCy would also look whether it is a URL, a number, a stop word, ...
        vocab: Any = nlp.vocab
        needed = [vocab.strings[name] for name in ("NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE", "LANG")]
        vocab.lex_attr_getters = {key: vocab.lex_attr_getters[key] for key in needed}
        ner: Any = nlp.get_pipe("ner")
        self._network = Network(ner)
        self._embedding = Embedding(nlp, ner.model.get_ref("tok2vec"))
        self._joints = Joints(nlp)
        self._forget()
        self.given_to_spacy = 0
        """Texts with a close call so far."""

    def recognise(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names of each text, from left to right."""
        spans: list[list[Span]] = []
        for batch in _in_batches(texts):
            if len(self._tokens) > TOKENS or len(self._chunks) > CHUNKS:
                self._forget()
            spans += self._recognise_batch(batch)
        return spans

    def _forget(self) -> None:
        """Begin with empty tables; what is frequent is soon there again."""
        self._tokens = TokenTable(self._embedding, self._network.convolutions[0])
        self._chunks = ChunkTable(self._nlp, self._tokens, self._joints)

    def _recognise_batch(self, texts: list[str]) -> list[list[Span]]:
        tokens = self._chunks.split(texts)
        spans, close = self._network.find_names(self._tokens, tokens)
        if close:
            self.given_to_spacy += len(close)
            again = recognise_with_spacy(self._nlp, [texts[index] for index in close])
            for index, names in zip(close, again, strict=True):
                spans[index] = names
        return spans


def _in_batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


# -- from characters to tokens -------------------------------------------------------------------------------------


class Tokens(NamedTuple):
    """The tokens of a batch, one text after the other."""

    row: Ints
    """In the table of tokens."""
    start: Ints
    end: Ints
    is_space: Bools
    counts: Ints
    """Of each text: how many tokens."""

    def text_of(self, tokens: Ints) -> Ints:
        """The text in which each of these tokens stands."""
        return np.searchsorted(np.cumsum(self.counts), tokens, "right")


def cut_chunks(text: str) -> tuple[list[str], list[int]]:
    """Cut a text where spaCy's tokeniser does first.

    Out: the chunks, each all white space or free of it, and for each the spaces dropped after it (0 or 1): one space
         after a word belongs to no chunk; what more white space follows is a chunk of its own.
    """
    words = text.split()
    if " ".join(words) == text:
        return words, [1] * len(words)
    chunks: list[str] = []
    gaps: list[int] = []
    for run in WHITE_OR_NOT.findall(text):
        space = 1 if chunks and run[0] == " " else 0
        if space:
            gaps[-1] = 1
        if len(run) > space:
            chunks.append(run[space:])
            gaps.append(0)
    return chunks, gaps


class Column:
    """Whole numbers in one array that grows."""

    def __init__(self) -> None:
        self._values: Ints = np.zeros(1 << 14, np.int64)
        self._used = 0

    def __len__(self) -> int:
        return self._used

    def __getitem__(self, index: Ints) -> Ints:
        return self._values[index]

    def extend(self, values: Sequence[int] | Ints) -> None:
        while self._used + len(values) > len(self._values):
            self._values = np.concatenate([self._values, np.zeros_like(self._values)])
        self._values[self._used : self._used + len(values)] = values
        self._used += len(values)


class ChunkTable:
    """Every chunk seen, with its tokens.

    spaCy splits each chunk by itself, whatever stands around it. One step alone looks across chunks: the finished
    tokens are searched for special cases such as "n°" or ":-)", and white space between tokens does not count there.
    A match across two chunks changes nothing itself, but can hide one inside a chunk. Where two neighbours could
    match (`Joints`), the whole text is one chunk.
    """

    def __init__(self, nlp: Language, tokens: "TokenTable", joints: "Joints") -> None:
        self._nlp = nlp
        self._tokens = tokens
        self._joints = joints
        tokenizer: Any = nlp.tokenizer
        self._special = set(tokenizer.rules)
        self._ids: dict[str, int] = {}
        # Of each chunk: its length, its first token below and how many, and what could join it to its neighbours.
        self._length, self._first, self._count, self._head, self._tail = (Column() for _ in range(5))
        # Of each of its tokens: the row in the token table, and where it stands in the chunk.
        self._row, self._start, self._end, self._is_space = (Column() for _ in range(4))

    def __len__(self) -> int:
        return len(self._first)

    def split(self, texts: list[str]) -> Tokens:
        """The tokens of the texts, as spaCy's tokeniser has them."""
        chunks: list[str] = []
        gaps: list[int] = []
        sizes = np.zeros(len(texts), np.int64)
        # A round per text: 10 microseconds of the 300 that a paragraph takes in all.
        for index, text in enumerate(texts):
            of_text, after = cut_chunks(text)
            sizes[index] = len(of_text)
            chunks += of_text
            gaps += after
        ids = self._find(chunks)
        spaces = np.array(gaps, np.int64)
        for index in reversed(self._find_joined(ids, sizes)):
            before, size = sizes[:index].sum(), sizes[index]
            ids = np.concatenate([ids[:before], [self._learn_whole(texts[index])], ids[before + size :]])
            spaces = np.concatenate([spaces[:before], [0], spaces[before + size :]])
            sizes[index] = 1
        return self._lay_out(ids, self._length[ids] + spaces, sizes)

    def _lay_out(self, ids: Ints, lengths: Ints, sizes: Ints) -> Tokens:
        """Replace every chunk of the batch by its tokens."""
        per_chunk = self._count[ids]
        index = np.repeat(self._first[ids] - _starts(per_chunk), per_chunk) + np.arange(per_chunk.sum())
        text = np.repeat(np.arange(len(sizes)), sizes)
        characters = np.bincount(text, lengths, len(sizes)).astype(np.int64)
        chunk_start = np.repeat(_starts(lengths) - _starts(characters)[text], per_chunk)
        return Tokens(
            row=self._row[index],
            start=self._start[index] + chunk_start,
            end=self._end[index] + chunk_start,
            is_space=self._is_space[index] != 0,
            counts=np.bincount(text, per_chunk, len(sizes)).astype(np.int64),
        )

    def _find(self, chunks: list[str]) -> Ints:
        found = list(map(self._ids.get, chunks))
        missing = dict.fromkeys(chunk for chunk, known in zip(chunks, found, strict=True) if known is None)
        if missing:
            self._learn(list(missing))
            found = list(map(self._ids.get, chunks))
        return np.array(found, np.int64)

    def _find_joined(self, ids: Ints, sizes: Ints) -> list[int]:
        """Texts in which a special case might match across two chunks."""
        possible = self._joints.possible[self._tail[ids[:-1]], self._head[ids[1:]]]
        ends = np.cumsum(sizes)
        left = np.setdiff1d(np.flatnonzero(possible), ends - 1)
        return np.unique(np.searchsorted(ends, left, "right")).tolist()  # type: ignore[no-any-return]

    def _learn(self, chunks: list[str]) -> None:
        """Have spaCy split new chunks: words in one Doc, a line apart; white space one by one.

        Letters alone are one token: each pattern of the tokeniser that could split off a part needs a punctuation
        mark, a symbol or a digit. Saying so spares its search, three quarters of the time.
        """
        plain = [chunk for chunk in chunks if chunk.isalpha() and chunk not in self._special]
        spaces = [chunk for chunk in chunks if chunk.isspace()]
        words = [chunk for chunk in chunks if not (chunk.isspace() or (chunk.isalpha() and chunk not in self._special))]
        with self._nlp.memory_zone():
            if plain:
                self._add(Doc(self._nlp.vocab, words=plain), plain)
            if words:
                self._add(self._nlp.make_doc("\n".join(words)), words)
            for space in spaces:
                self._add(self._nlp.make_doc(space), [space])

    def _learn_whole(self, text: str) -> int:
        """Split a text as a whole; it gets an id, but is not found again."""
        with self._nlp.memory_zone():
            self._add(self._nlp.make_doc(text), [text])
        del self._ids[text]
        return len(self) - 1

    def _add(self, doc: Doc, chunks: list[str]) -> None:
        """Note the tokens of chunks that stand in this Doc, one character apart."""
        self._ids.update(zip(chunks, range(len(self), len(self) + len(chunks)), strict=True))
        values: Any = doc.to_array(["ORTH", "NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE", "LENGTH", "SPACY"])
        lengths = np.array([len(chunk) for chunk in chunks], np.int64)
        chunk_start = _starts(lengths + 1)
        token_length = values[:, 6].astype(np.int64)
        token_start = _starts(token_length + values[:, 7].astype(np.int64))
        chunk = np.searchsorted(chunk_start, token_start, "right") - 1
        inside = token_start < (chunk_start + lengths)[chunk]
        chunk = chunk[inside]
        start = token_start[inside] - chunk_start[chunk]
        end = start + token_length[inside]
        count = np.bincount(chunk, minlength=len(chunks))
        first = _starts(count)
        self._note_joints(chunks, end[first].tolist(), start[first + count - 1].tolist())
        self._length.extend(lengths)
        self._first.extend(first + len(self._row))
        self._count.extend(count)
        self._row.extend(self._tokens.find_rows(values[inside, :5]))
        self._start.extend(start)
        self._end.extend(end)
        self._is_space.extend(values[inside, 5].astype(np.int64))

    def _note_joints(self, chunks: list[str], first_ends: list[int], last_starts: list[int]) -> None:
        """A round per new chunk, 1 microsecond against the 10 to 25 that spaCy takes to split it."""
        ends = zip(chunks, first_ends, last_starts, strict=True)
        codes = [self._joints.code(chunk, chunk[:end], chunk[start:]) for chunk, end, start in ends]
        self._head.extend([head for head, _ in codes])
        self._tail.extend([tail for _, tail in codes])


class Joints:
    """Which neighbouring chunks the tokeniser's search for special cases could match together.

    It can where the last token of one and the first of the next follow each other in a special case. Where this
    token was perhaps made by the search itself, out of others, all that the characters of the chunk allow counts.
    """

    def __init__(self, nlp: Language) -> None:
        given: Any = nlp.tokenizer
        searches = ("prefix_search", "suffix_search", "infix_finditer", "token_match", "url_match")
        without_rules = type(given)(nlp.vocab, **{name: getattr(given, name) for name in searches})
        self._pairs: set[tuple[str, str]] = set()
        self._made: set[str] = set()
        for special in given.rules:
            self._pairs.update(pairwise(token.text for token in without_rules(special)))
            self._made.update(token.text for token in given(special))
        self._tails = {tail for tail, _ in self._pairs}
        self._heads = {head for _, head in self._pairs}
        nothing: frozenset[str] = frozenset()
        self._head_codes, self._tail_codes = {nothing: 0}, {nothing: 0}
        self.possible: Bools = np.zeros((1, 1), np.bool_)
        """By the code of a chunk's tail and the code of the next one's head."""

    def code(self, chunk: str, first: str, last: str) -> tuple[int, int]:
        """Codes for the head and the tail of a chunk with this first and this last token."""
        heads = self._heads & {first} if first not in self._made else {h for h in self._heads if chunk.startswith(h)}
        tails = self._tails & {last} if last not in self._made else {t for t in self._tails if chunk.endswith(t)}
        head = self._head_codes.setdefault(frozenset(heads), len(self._head_codes))
        tail = self._tail_codes.setdefault(frozenset(tails), len(self._tail_codes))
        if self.possible.shape != (len(self._tail_codes), len(self._head_codes)):
            self.possible = np.array([[self._may_join(t, h) for h in self._head_codes] for t in self._tail_codes])
        return head, tail

    def _may_join(self, tails: frozenset[str], heads: frozenset[str]) -> bool:
        return any((tail, head) in self._pairs for tail in tails for head in heads)


class TokenTable:
    """One row per distinct token: its embedding and, for the hot ones, what the first convolution makes of it.

    Row 0 is the empty row between texts.
    """

    def __init__(self, embedding: "Embedding", convolution: "Convolution") -> None:
        self._embedding = embedding
        self._weights = convolution.weights[:WINDOW].reshape(3, WIDTH, -1)
        self._bias = convolution.weights[WINDOW]
        self._rows: dict[tuple[int, int], int] = {}
        self._used = 1
        self.vectors: Floats = np.zeros((ROOM, WIDTH), np.float32)
        self.products: list[Floats] = [np.zeros((HOT_TOKENS, PIECES * WIDTH), np.float32) for _ in range(3)]
        """With the weights for the left neighbour, the token itself (plus bias) and the right neighbour.
        The rows behind HOT_TOKENS are those of `heat`."""
        self.products[1][0] = self._bias

    def __len__(self) -> int:
        return self._used

    def find_rows(self, features: Features) -> list[int]:
        """Rows of tokens, given ORTH, NORM, PREFIX, SUFFIX and SHAPE (the last three follow from ORTH)."""
        keys = list(zip(features[:, 0].tolist(), features[:, 1].tolist(), strict=True))
        new = {key: index for index, key in enumerate(keys) if key not in self._rows}
        if new:
            self._add(list(new), features[list(new.values())])
        return [self._rows[key] for key in keys]

    def heat(self, rows: Ints) -> Ints:
        """Where the products of these rows stand, after making those that are not kept."""
        cold = rows >= HOT_TOKENS
        distinct, index = np.unique(rows[cold], return_inverse=True)
        missing = HOT_TOKENS + len(distinct) - len(self.products[0])
        if missing > 0:
            extra = np.zeros((missing, PIECES * WIDTH), np.float32)
            self.products = [np.concatenate([products, extra]) for products in self.products]
        self._multiply(distinct, HOT_TOKENS)
        places = rows.copy()
        places[cold] = HOT_TOKENS + index
        return places

    def _add(self, keys: list[tuple[int, int]], features: Features) -> None:
        first, self._used = self._used, self._used + len(keys)
        while self._used > len(self.vectors):
            self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
        rows = np.arange(first, self._used)
        self.vectors[rows] = self._embedding.embed(features)
        self._multiply(rows[rows < HOT_TOKENS], first)
        self._rows.update(zip(keys, rows.tolist(), strict=True))

    def _multiply(self, rows: Ints, place: int) -> None:
        places = slice(place, place + len(rows))
        for products, weights in zip(self.products, self._weights, strict=True):
            np.matmul(self.vectors[rows], weights, out=products[places])
        self.products[1][places] += self._bias


# -- from tokens to names ------------------------------------------------------------------------------------------


class Convolution:
    """A maxout over three pieces, then layer normalisation. The bias is a row of the weights, for a column of ones."""

    def __init__(self, maxout: Any, norm: Any) -> None:
        self.weights: Floats = np.vstack([_by_piece(maxout.get_param("W")), _flat(maxout.get_param("b"))[None]])
        self._gain: Floats = norm.get_param("G")
        self._shift: Floats = norm.get_param("b")
        self._mean: Floats = np.full((WIDTH, 1), 1 / WIDTH, np.float32)

    def finish(self, pieces: Floats) -> Floats:
        """What follows the matrix product."""
        out = np.maximum(pieces[:, :WIDTH], pieces[:, WIDTH : 2 * WIDTH])
        np.maximum(out, pieces[:, 2 * WIDTH :], out=out)
        out -= out @ self._mean
        variance = np.vecdot(out, out) / WIDTH + EPSILON
        out *= (1 / np.sqrt(variance))[:, None]
        out *= self._gain
        out += self._shift
        return out


class Embedding:
    """spaCy's embedding of a token, from its features instead of a Doc."""

    def __init__(self, nlp: Language, tok2vec: Any) -> None:
        nodes = list(tok2vec.walk())
        self._hashed = next(node for node in nodes if node.name.startswith("ints-getitem") and "|" in node.name)
        self._projection = next(node for node in nodes if node.name == "static_vectors").get_param("W").T
        maxout = next(node for node in nodes if node.name == "maxout")
        self._mixed = Convolution(maxout, next(node for node in nodes if node.name == "layernorm"))
        self._vectors = nlp.vocab.vectors

    def embed(self, features: Features) -> Floats:
        """In: a row of ORTH, NORM, PREFIX, SUFFIX and SHAPE per token. Out: a row of WIDTH numbers."""
        rows = self._vectors.find(keys=features[:, 0])
        static = self._vectors.data[rows] @ self._projection
        static[rows < 0] = 0
        hashed = self._hashed.predict(np.ascontiguousarray(features[:, 1:]))
        ones = np.ones((len(features), 1), np.float32)
        return self._mixed.finish(np.hstack([hashed, static, ones]) @ self._mixed.weights)


class Network:
    """The weights of the `ner` pipe, and its decisions."""

    def __init__(self, ner: Any) -> None:
        tok2vec, lower, upper = (ner.model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
        nodes = list(tok2vec.walk())
        # The first of each belongs to the embedding.
        maxouts = [node for node in nodes if node.name == "maxout"][1:]
        norms = [node for node in nodes if node.name == "layernorm"][1:]
        self.convolutions = [Convolution(maxout, norm) for maxout, norm in zip(maxouts, norms, strict=True)]
        linear = tok2vec.layers[-1]
        self._narrow = np.ascontiguousarray(linear.get_param("W").T), linear.get_param("b")
        # The state is three tokens: the one to decide on, the first one of the open name, the one before.
        self._now, self._opening, self._before = (_by_piece(weights) for weights in lower.get_param("W"))
        self._bias = _flat(lower.get_param("b"))
        nothing = lower.get_param("pad")[0]
        self._bias_closed = self._bias + _flat(nothing[1]) + _flat(nothing[2])
        self._read_moves(ner, upper.get_param("W").T, upper.get_param("b"))

    def _read_moves(self, ner: Any, weights: Floats, bias: Floats) -> None:
        """Columns of the scores, in spaCy's order: of equal scores the first wins."""
        moves = [ner.moves.get_class_name(index) for index in range(ner.moves.n_moves)]
        self._labels = [move[2:] for move in moves if move.startswith("B-")]
        # B begins a name of several tokens, U is a name of one, O none. "U-" is for tokens that were blocked before.
        self._moves = [move for move in moves if move[0] in "BUO" and move != "U-"]
        self._begin = np.array([index for index, move in enumerate(self._moves) if move[0] == "B"])
        self._name = np.array([index for index, move in enumerate(self._moves) if move[0] != "O"])
        chosen = [moves.index(move) for move in self._moves]
        self._score_closed = np.ascontiguousarray(weights[:, chosen]), bias[chosen]
        # Inside a name: I goes on, L is the last token.
        chosen = [moves.index(f"{move}-{label}") for move in "IL" for label in self._labels]
        self._score_open = np.ascontiguousarray(weights[:, chosen]), bias[chosen]

    def find_names(self, table: TokenTable, tokens: Tokens) -> tuple[list[list[Span]], list[int]]:
        """The names of each text, and the texts with a close call."""
        vectors, scores = self._read(table, tokens)
        lasts = (np.cumsum(tokens.counts) - 1)[tokens.counts > 0]
        # A name of several tokens cannot begin at the last one, and no name with white space.
        scores[np.ix_(lasts, self._begin)] = -np.inf
        scores[np.ix_(np.flatnonzero(tokens.is_space), self._name)] = -np.inf
        best = scores.argmax(1)
        top = scores[np.arange(len(scores)), best] - CLOSE_CALL
        close = (scores > top[:, None]).sum(1) > 1
        begins = np.flatnonzero(np.isin(best, self._begin))
        ends, close_inside = self._step_inside(vectors, begins, best[begins], lasts)
        close[close_inside] = True
        return self._collect(best, begins, ends, tokens), np.unique(tokens.text_of(np.flatnonzero(close))).tolist()

    def _read(self, table: TokenTable, tokens: Tokens) -> tuple[Floats, Floats]:
        """What the convolutions make of each token, and its scores while no name is open."""
        text = np.repeat(np.arange(len(tokens.counts)), tokens.counts)
        positions = np.arange(len(tokens.row)) + GAP * (text + 1)
        rows = np.zeros(len(tokens.row) + GAP * (len(tokens.counts) + 1), np.int64)
        rows[positions] = tokens.row
        places = table.heat(rows)
        vectors = np.empty((len(rows), len(self._now)), np.float32)
        scores = np.empty((len(rows), len(self._moves)), np.float32)
        for start in range(0, len(rows), BLOCK):
            left, right = max(start - GAP, 0), min(start + BLOCK + GAP, len(rows))
            wide = self._convolve(table, rows[left:right], places[left:right])[start - left :][:BLOCK]
            block = vectors[start : start + BLOCK]
            np.matmul(wide, self._narrow[0], out=block)
            block += self._narrow[1]
            hidden = _larger_half(block @ self._now + self._bias_closed)
            np.add(hidden @ self._score_closed[0], self._score_closed[1], out=scores[start : start + BLOCK])
        return vectors[positions], scores[positions]

    def _convolve(self, table: TokenTable, rows: Ints, places: Ints) -> Floats:
        """One block. Its outer GAP rows come out wrong where they were cut from their neighbours."""
        vectors = table.vectors[rows]
        left, itself, right = table.products
        pieces = itself[places]
        pieces[1:] += left[places[:-1]]
        pieces[:-1] += right[places[1:]]
        vectors += self.convolutions[0].finish(pieces)
        window = np.zeros((len(rows), WINDOW + 1), np.float32)
        window[:, WINDOW] = 1
        for convolution in self.convolutions[1:]:
            window[1:, :WIDTH] = vectors[:-1]
            window[:, WIDTH : 2 * WIDTH] = vectors
            window[:-1, 2 * WIDTH : WINDOW] = vectors[1:]
            np.matmul(window, convolution.weights, out=pieces)
            vectors += convolution.finish(pieces)
        return vectors

    def _step_inside(self, vectors: Floats, begins: Ints, moves: Ints, lasts: Ints) -> tuple[Ints, Ints]:
        """Where each name of several tokens ends (excluded), and the tokens at which that was a close call."""
        weights, bias = self._score_open
        label = np.searchsorted(self._begin, moves)
        opening = vectors[begins] @ self._opening + self._bias
        ends = np.zeros(len(begins), np.int64)
        close = [ends[:0]]
        going, at = np.arange(len(begins)), begins + 1
        while len(going):
            hidden = _larger_half(vectors[at] @ self._now + opening[going] + vectors[at - 1] @ self._before)
            scores = hidden @ weights + bias
            inside = scores[np.arange(len(at)), label[going]]
            last = scores[np.arange(len(at)), label[going] + len(self._labels)]
            forced = np.isin(at, lasts)
            close.append(at[~forced & (np.abs(last - inside) < CLOSE_CALL)])
            done = forced | (last > inside)
            ends[going[done]] = at[done] + 1
            going, at = going[~done], at[~done] + 1
        return ends, np.concatenate(close)

    def _collect(self, best: Ints, begins: Ints, ends: Ints, tokens: Tokens) -> list[list[Span]]:
        """Follow the decisions from left to right: inside a name the others were never asked."""
        spans: list[list[Span]] = [[] for _ in tokens.counts]
        end = np.arange(1, len(best) + 1)
        end[begins] = ends
        named = np.flatnonzero(np.isin(best, self._name))
        columns = (
            named,
            end[named],
            tokens.text_of(named),
            tokens.start[named],
            tokens.end[end[named] - 1],
            best[named],
        )
        free = 0
        # A round per name, about one in thirty tokens: 2% of the time.
        for first, behind, text, start, stop, move in zip(*(column.tolist() for column in columns), strict=True):
            if first >= free:
                free = behind
                spans[text].append((start, stop, self._moves[move][2:]))
        return spans


def _starts(lengths: Ints) -> Ints:
    """Where each of these begins when they stand one behind the other."""
    starts: Ints = np.cumsum(lengths) - lengths
    return starts


def _by_piece(weights: Floats) -> Floats:
    """(outputs, pieces, inputs) -> (inputs, pieces x outputs): each piece is a stretch of columns."""
    return np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(weights.shape[2], -1))


def _flat(values: Floats) -> Floats:
    return np.ascontiguousarray(values.T.reshape(-1))


def _larger_half(pieces: Floats) -> Floats:
    """Maxout over two pieces."""
    half = pieces.shape[1] // 2
    return np.maximum(pieces[:, :half], pieces[:, half:])
