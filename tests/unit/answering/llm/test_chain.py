"""The fallback chain: who is asked, who is passed over, and what is written down about it."""

from collections.abc import Callable

import pytest
from prometheus_client import REGISTRY

from frontdesk.answering.answerer import Answerer, Stream
from frontdesk.answering.llm.attempts import ModelFailed
from frontdesk.answering.llm.chain import ChainAnswerer
from frontdesk.errors import ModelUnavailable, Unavailable
from frontdesk.llm.breaker import Failure
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Attempt, Decision, Provenance
from frontdesk.tickets.reading import Reading
from tests.contracts.answering_world import Screen, case, reading

OVERLOADED = Failure("overloaded", provider_at_fault=True)
QUESTION = "How long does delivery take?"


class Link:
    """Answers, or fails in the way it is told, after having streamed a little."""

    def __init__(self, name: str, failure: Failure | None = None, streams: str = "") -> None:
        self.name = name
        self.model_name = f"{name}-1"
        self.failure = failure
        self.streams = streams
        self.asked = 0

    async def answer(self, case: Case, reading: Reading, stream: Stream) -> Decision:
        self.asked += 1
        if self.streams:
            await stream.text(self.streams)
        if self.failure is not None:
            raise ModelFailed(
                Attempt(self.name, self.model_name, self.failure.outcome, 5, 100, 7), self.failure
            )
        content = f"from {self.name}"
        await stream.text(content)
        return Decision(Act.ANSWER, content, 0.9, "", Provenance(self.name, self.model_name, "v1", 3, 50, 9))


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def ask(chain: Answerer) -> tuple[Decision, Screen]:
    screen = Screen()
    return await chain.answer(case(QUESTION), reading(QUESTION, "en"), screen), screen


def chain_of(*links: Link, clock: Callable[[], float] | None = None) -> ChainAnswerer:
    return ChainAnswerer(links, clock=clock or Clock())


async def test_the_first_link_that_answers_ends_the_chain() -> None:
    first, second = Link("anthropic"), Link("local")
    decision, _ = await ask(chain_of(first, second))
    assert decision.made_by.provider == "anthropic"
    assert second.asked == 0
    assert [attempt.outcome for attempt in decision.made_by.attempts] == ["ok"]


async def test_what_a_failed_link_streamed_is_taken_back_before_the_next_speaks() -> None:
    decision, screen = await ask(chain_of(Link("anthropic", OVERLOADED, streams="Deliv"), Link("local")))
    assert screen.seen == ["Deliv", "from local"]
    assert screen.retractions == 1
    assert screen.shown == decision.content == "from local"


async def test_nothing_is_retracted_where_nothing_was_shown() -> None:
    _, screen = await ask(chain_of(Link("anthropic", OVERLOADED), Link("local")))
    assert screen.retractions == 0


async def test_every_try_is_written_down_with_its_price() -> None:
    decision, _ = await ask(chain_of(Link("anthropic", OVERLOADED), Link("openai"), Link("local")))
    tries = [
        (attempt.provider, attempt.model, attempt.outcome, attempt.input_tokens)
        for attempt in decision.made_by.attempts
    ]
    assert tries == [("anthropic", "anthropic-1", "overloaded", 100), ("openai", "openai-1", "ok", 50)]


async def test_tries_and_tokens_are_counted_for_prometheus() -> None:
    def requests(provider: str, outcome: str) -> float:
        labels = {"provider": provider, "model": f"{provider}-1", "outcome": outcome}
        return REGISTRY.get_sample_value("support_ai_requests_total", labels) or 0.0

    def tokens(provider: str, direction: str) -> float:
        labels = {"provider": provider, "model": f"{provider}-1", "direction": direction}
        return REGISTRY.get_sample_value("support_ai_tokens_total", labels) or 0.0

    before = (
        requests("counted", "overloaded"),
        requests("counted-local", "ok"),
        tokens("counted-local", "output"),
    )
    await ask(chain_of(Link("counted", OVERLOADED), Link("counted-local")))
    after = (
        requests("counted", "overloaded"),
        requests("counted-local", "ok"),
        tokens("counted-local", "output"),
    )
    assert [b - a for a, b in zip(before, after, strict=True)] == [1, 1, 9]


async def test_a_link_that_keeps_failing_is_left_alone_until_it_has_cooled_down() -> None:
    clock, broken = Clock(), Link("anthropic", OVERLOADED)
    chain = chain_of(broken, Link("local"), clock=clock)
    for _ in range(5):
        decision, _ = await ask(chain)
    assert broken.asked == 3
    assert decision.made_by.attempts[0].outcome == "skipped"
    assert chain.states == {"anthropic": "paused", "local": "ok"}
    clock.now += 31
    broken.failure = None
    decision, _ = await ask(chain)
    assert decision.made_by.provider == "anthropic"
    assert chain.states["anthropic"] == "ok"


async def test_a_probe_that_fails_closes_the_door_again() -> None:
    clock, broken = Clock(), Link("anthropic", OVERLOADED)
    chain = chain_of(broken, Link("local"), clock=clock)
    for _ in range(3):
        await ask(chain)
    clock.now += 31
    for _ in range(3):
        await ask(chain)
    assert broken.asked == 4


async def test_a_wrong_key_is_not_tried_with_every_message() -> None:
    clock, broken = Clock(), Link("anthropic", Failure("auth", provider_at_fault=True, lasting=True))
    chain = chain_of(broken, Link("local"), clock=clock)
    await ask(chain)
    clock.now += 60
    await ask(chain)
    assert broken.asked == 1


async def test_a_provider_that_says_when_to_come_back_is_obeyed() -> None:
    clock = Clock()
    busy = Link("anthropic", Failure("rate_limited", provider_at_fault=True, retry_after=12))
    chain = chain_of(busy, Link("local"), clock=clock)
    await ask(chain)
    clock.now += 11
    await ask(chain)
    assert busy.asked == 1
    clock.now += 2
    await ask(chain)
    assert busy.asked == 2


async def test_a_bad_conversation_does_not_close_the_door_for_others() -> None:
    odd = Link("anthropic", Failure("bad_output", provider_at_fault=False))
    chain = chain_of(odd, Link("local"))
    for _ in range(6):
        await ask(chain)
    assert odd.asked == 6


async def test_the_last_link_is_asked_whatever_happened_before() -> None:
    last = Link("local", OVERLOADED)
    chain = chain_of(Link("anthropic", OVERLOADED), last)
    for _ in range(5):
        with pytest.raises(ModelUnavailable):
            await ask(chain)
    assert last.asked == 5


async def test_an_error_that_is_no_models_is_nobodys_to_swallow() -> None:
    class Down(Link):
        async def answer(self, case: Case, reading: Reading, stream: Stream) -> Decision:
            raise Unavailable("the database is away")

    local = Link("local")
    with pytest.raises(Unavailable):
        await ask(chain_of(Down("anthropic"), local))
    assert local.asked == 0
