"""What every channel does that is called over HTTP: subclass it, say how your wire looks, and it is tried.

It is called by anybody: what has no proof is refused and nothing of it is kept, what is proven and broken is a
bad request, and what comes again has its effect once.
"""

import asyncio
import dataclasses
import random
from abc import abstractmethod
from contextlib import suppress
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as with_settings
from hypothesis import strategies as st

from frontdesk.channels.channel import Challenged, Channel, Webhook
from frontdesk.channels.inbound import EventKind, InboundEvent, InboundMessage
from frontdesk.channels.request import Request
from frontdesk.db.pool import Database, fetch_value
from frontdesk.engine.lanes import Lanes
from frontdesk.errors import BadRequest, DeliveryUnreadable, Unauthorized
from frontdesk.intake.raw_event import Unreadable, keep, restore
from frontdesk.intake.webhook import Outcome, take_delivery
from tests.contracts.channel_suite import ChannelSuite
from tests.contracts.hostile import changed_bodies, forgeries
from tests.journeys.conftest import OpenDesk
from tests.journeys.talk import look, quiet

_PER_CHANNEL = with_settings(max_examples=150, suppress_health_check=[HealthCheck.differing_executors])
"""One test for all adapters: hypothesis would take each subclass for a mistake."""


class WebhookSuite(ChannelSuite):
    proof: ClassVar[str]
    """The header that proves where a delivery comes from."""
    signs_body: ClassVar[bool] = True
    """False where the proof is a secret alone, whatever the body."""

    @abstractmethod
    def build(self) -> Channel:
        """A channel that is a `Webhook` too."""

    @abstractmethod
    def request(self, content: str, n: int = 1, peer: str = "ann") -> Request:
        """The n-th message of this peer as it comes over the wire, with its proof."""

    @abstractmethod
    def told(self, kind: EventKind) -> Request:
        """An event of a kind that the channel's capabilities name, as it comes over the wire."""

    @abstractmethod
    def unknown_kind(self) -> Request:
        """A delivery of a kind that is none of the desk's business, with its proof."""

    @abstractmethod
    def signed(self, body: bytes) -> Request:
        """Any body with its proof."""

    def challenged(self, right: bool) -> Request | None:
        """The provider's first call, with the right secret or a wrong one; None where there is none."""
        return None

    @property
    def hook(self) -> Webhook:
        channel = self.build()
        assert isinstance(channel, Webhook)
        return channel

    def samples(self) -> list[Request]:
        """A genuine delivery of every kind that it tells."""
        tells = self.build().capabilities.tells
        return [self.request("hi"), *(self.told(kind) for kind in sorted(tells))]

    def parsed(self, request: Request) -> list[InboundEvent]:
        self.hook.verify(request)
        return self.hook.parse(request)

    def message(self, content: str, n: int = 1, peer: str = "ann") -> InboundMessage:
        [event] = self.parsed(self.request(content, n, peer))
        assert isinstance(event, InboundMessage)
        return event

    def test_it_is_called_at_a_provider_and_an_account(self) -> None:
        assert len([part for part in self.hook.webhook.split("/") if part]) == 2

    @pytest.mark.parametrize("kind", EventKind)
    def test_it_tells_the_kinds_that_its_capabilities_name(self, kind: EventKind) -> None:
        if kind in self.build().capabilities.tells:
            request = self.told(kind)
            events = self.parsed(request)
            assert kind in {event.kind for event in events}
            names = [(event.kind, event.external_id) for event in events]
            assert names == [(event.kind, event.external_id) for event in self.parsed(request)]
            assert [restore(keep(event)) for event in events] == events

    def test_unknown_kinds_are_nothing(self) -> None:
        assert self.parsed(self.unknown_kind()) == []

    @pytest.mark.parametrize(
        "body", [b"", b"{", b"null", b"7", b"\xff\xfe\x00", b'"\\ud800"', b"[" * 100_000]
    )
    def test_what_cannot_be_read_is_a_bad_request(self, body: bytes) -> None:
        with pytest.raises(BadRequest) as refused:
            self.parsed(self.signed(body))
        assert refused.value.message

    def test_who_cannot_prove_where_it_comes_from_is_refused_before_anything_is_read(self) -> None:
        genuine = self.request("hi")
        forged = [
            dataclasses.replace(genuine, headers={}),
            dataclasses.replace(genuine, body=b"{ not even readable", headers={}),
            dataclasses.replace(genuine, headers=dict.fromkeys(genuine.headers, "")),
        ]
        for request in forged:
            with pytest.raises(Unauthorized):
                self.hook.verify(request)

    async def test_nothing_is_kept_of_what_is_forged(self, db: Database, lanes: Lanes) -> None:
        taken = []
        for what, request in forgeries(self.request("hi"), self.proof, self.signs_body):
            with suppress(Unauthorized):
                taken.append((what, await take_delivery(db, lanes, self.hook, request)))
        assert taken == []
        async with db.connection() as conn:
            assert await fetch_value(conn, "select count(*) from raw_delivery") == 0
            assert await fetch_value(conn, "select count(*) from event_key") == 0
        assert await take_delivery(db, lanes, self.hook, self.request("hi")) is Outcome.ACCEPTED

    @_PER_CHANNEL
    @given(data=st.data())
    def test_whatever_comes_is_read_or_fails_by_a_name_of_the_tree(self, data: st.DataObject) -> None:
        body = data.draw(changed_bodies([request.body for request in self.samples()]))
        try:
            events = self.parsed(self.signed(body))
        except (BadRequest, DeliveryUnreadable):
            return
        assert not any(isinstance(restore(keep(event)), Unreadable) for event in events)

    async def test_every_kind_that_comes_five_times_at_once_is_kept_once(
        self, db: Database, lanes: Lanes
    ) -> None:
        samples = self.samples()
        shuffled = [request for request in samples for _ in range(5)]
        random.Random(5).shuffle(shuffled)  # an order, not a secret
        await asyncio.gather(*(take_delivery(db, lanes, self.hook, request) for request in shuffled))
        names = {(event.kind, event.external_id) for request in samples for event in self.parsed(request)}
        async with db.connection() as conn:
            assert await fetch_value(conn, "select count(*) from event_key") == len(names)
            assert await fetch_value(conn, "select count(*) from raw_event") == len(names)

    async def test_messages_that_come_five_times_at_once_are_said_once_and_in_order(
        self, desk_on: OpenDesk
    ) -> None:
        dice = random.Random(3)
        async with desk_on() as desk:
            for n in range(1, 5):
                again = [
                    self.request(f"n{m} is it on its way?", m) for m in range(1, n + 1) for _ in range(5)
                ]
                dice.shuffle(again)
                first = self.request(f"n{n} is it on its way?", n)
                await take_delivery(desk.db, desk.lanes, self.hook, first)
                await asyncio.gather(*(take_delivery(desk.db, desk.lanes, self.hook, r) for r in again))
            await quiet(desk)
            heard = [m for m in (await look(desk)).messages if m.sender_type == "customer"]
        assert sorted(m.content[:2] for m in heard) == ["n1", "n2", "n3", "n4"]
        for ticket_id in {m.ticket_id for m in heard}:
            order = [m.content[:2] for m in sorted(heard, key=lambda m: m.seq) if m.ticket_id == ticket_id]
            assert order == sorted(order)

    def test_it_tells_no_kind_that_its_capabilities_do_not_name(self) -> None:
        kinds = {event.kind for request in self.samples() for event in self.parsed(request)}
        assert kinds == self.build().capabilities.tells

    def test_the_letter_case_of_headers_is_nothing(self) -> None:
        genuine = self.request("hi")
        shouted = {name.upper(): value for name, value in genuine.headers.items()}
        again = self.parsed(dataclasses.replace(genuine, headers=shouted))
        # A wire that tells no time has the present one.
        timed = [dataclasses.replace(event, sent_at=again[0].sent_at) for event in self.parsed(genuine)]
        assert timed == again

    def test_only_who_knows_the_secret_passes_the_challenge(self) -> None:
        channel, right, wrong = self.build(), self.challenged(True), self.challenged(False)
        if isinstance(channel, Challenged) and right is not None and wrong is not None:
            assert channel.challenge(right).status == 200
            with pytest.raises(Unauthorized):
                channel.challenge(wrong)
