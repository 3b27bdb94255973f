"""The proof of each sentence is kept with the message, and held against the articles of another day."""

from frontdesk.access.scope import ROAD
from frontdesk.actions.proofs import recheck
from frontdesk.answering.answerer import Stream
from frontdesk.desk import Desk
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Decision, ProofKind, SentenceProof
from frontdesk.tickets.reading import Reading
from tests.journeys.conftest import OpenDesk
from tests.journeys.scripted import ARTICLE, BY_SCRIPT
from tests.journeys.talk import look, quiet, said

FIRST = "Delivery takes 3 days."
SECOND = "A receipt is not needed."


class Proving:
    """Answers with two sentences that rest on an article."""

    name = "scripted"
    document_id = ""

    async def answer(self, case: Case, reading: Reading, stream: Stream) -> Decision:
        proof = tuple(
            SentenceProof(text, ProofKind.PASSAGE, "rules", "", text, self.document_id, 1)
            for text in (FIRST, SECOND)
        )
        return Decision(Act.ANSWER, f"{FIRST} {SECOND}", 0.9, "", BY_SCRIPT, (ARTICLE,), proof=proof)


async def write(desk: Desk, text: str) -> str:
    return (await desk.knowledge.add_text("rules", "Rules", text, language="en")).document_id


async def test_what_an_article_no_longer_says_is_told_and_other_words_for_the_same_are_not(
    desk_on: OpenDesk,
) -> None:
    answerer = Proving()
    async with desk_on(answerer) as desk:
        answerer.document_id = await write(desk, f"{FIRST} {SECOND}")
        await desk.journey.accept(said("ann", "How long does it take?"))
        await quiet(desk)
        [reply] = [m for m in (await look(desk)).messages if m.sender_type == "ai"]
        assert [proof["quote"] for proof in (reply.ai or {})["proof"]] == [FIRST, SECOND]

        unchanged = await recheck(desk.db, ROAD)
        assert (unchanged.messages, unchanged.sentences, unchanged.not_borne) == (1, 2, ())

        await write(desk, "We deliver within 3 days. The receipt is required.")
        [lost] = (await recheck(desk.db, ROAD)).not_borne
        assert (lost.message_id, lost.sentence) == (reply.message_id, SECOND)
        assert (await recheck(desk.db, ROAD, "another")).sentences == 0

        await desk.knowledge.delete(answerer.document_id)
        gone = await recheck(desk.db, ROAD)
        assert {item.why for item in gone.not_borne} == {"the article is gone"}
        assert len(gone.not_borne) == 2
