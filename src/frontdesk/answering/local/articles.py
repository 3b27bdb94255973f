"""What the knowledge base says to a message: an answer, a question back, or a suggestion to a person."""

import re
from dataclasses import replace

from frontdesk.answering.costs import Way
from frontdesk.answering.deps import Deps
from frontdesk.answering.evidence import passage_evidence
from frontdesk.answering.local.outcomes import (
    ArticleAnswer,
    answered,
    is_frustrated,
    may_offer,
    nothing,
    offered,
    tentative,
    unsure,
    which_of_two,
)
from frontdesk.answering.local.parts import (
    asked_how,
    is_vague,
    parts_of,
    topic_meant,
    topics_offered,
    wishes,
)
from frontdesk.answering.local.passages import Choice, choose
from frontdesk.answering.local.reply import ReplyBuilder
from frontdesk.answering.local.sentences import answer_sentences
from frontdesk.channels.style import ReplyStyle
from frontdesk.kit.plain import plain
from frontdesk.kit.translit import in_cyrillic
from frontdesk.kit.words import count_words, fold, sentences, words
from frontdesk.terms import Category, Intent, SenderType
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Decision
from frontdesk.tickets.rationale import Rationale, RationaleCode
from frontdesk.tickets.reading import Reading

_CANDIDATES = 8
"""How many passages are weighed against each other."""
_FRAGMENT = 3
"""So few words are taken for the rest of what was asked before."""
_LONGEST_FOLLOW_UP = 7
_WISHES = frozenset({Intent.CANCEL, Intent.RETURN, Intent.REQUEST})
_FOLLOWS = re.compile(r"^\W*(?:а|и|или|and|or|but|what about|how about|ал|сонда)\b|\bше\W*$")
_MOST_WORDS = 90
_LONGEST = 4_000
"""Characters of a message that are read for its questions."""


class Articles:
    """Answers out of articles alone, in the customer's language."""

    def __init__(self, deps: Deps) -> None:
        self._knowledge = deps.knowledge
        self._limit = max(deps.top_k, _CANDIDATES)
        self._costs = deps.costs

    async def answer(self, builder: ReplyBuilder, reading: Reading) -> Decision:
        """Every question of the message with its own article; one that stays unclear asks back or calls a person."""
        case = builder.case
        meant = _topic_chosen(case, builder.language)
        if meant is not None:
            chosen = await self._chosen(builder, meant)
            if chosen is not None:
                return answered(builder, [chosen])
        if is_vague(case.question, builder.language) and not asked_already(case):
            return builder.ask([builder.phrase("ask.more")], 0.6, Rationale(RationaleCode.VAGUE))
        return await self._of_several(builder, reading) or await self._of_one(builder, reading)

    async def _of_one(self, builder: ReplyBuilder, reading: Reading) -> Decision:
        """By how sure it is: the answer, the answer with "did this help?", titles to choose from, or a person."""
        question, earlier, choice = await self._best(builder.case, builder.language, reading)
        if choice is None:
            return nothing(builder, reading, None)
        asked = asked_already(builder.case)
        way = self._costs.way(choice.confidence, may_ask=not asked, upset=is_frustrated(reading))
        if way is Way.OFFER or (reading.out_of_scope and way is not Way.ANSWER):
            offers = way is not Way.PERSON and may_offer(reading)
            return offered(builder, choice) if offers else nothing(builder, reading, choice)
        if choice.rival is not None and not asked:
            return which_of_two(builder, choice.passage, choice.rival, choice.confidence)
        room = _share(builder.room, [], 1.5) if way is Way.DOUBTFUL else builder.room
        answer = _answer_of(builder, choice, question, room, earlier)
        if way is Way.ANSWER and answer.paragraphs:
            return answered(builder, [answer])
        if way is Way.DOUBTFUL and answer.paragraphs:
            return tentative(builder, [answer])
        known = choice.confidence >= self._costs.doubtful_from
        return unsure(builder, answer) if known else nothing(builder, reading, choice)

    def is_choice(self, case: Case, language: str) -> bool:
        """Whether the message says which of two articles is meant, where that was asked."""
        return _topic_chosen(case, language) is not None

    async def suggestion(self, builder: ReplyBuilder, reading: Reading) -> ArticleAnswer | None:
        """What a person may reply, where an article is good enough."""
        question, earlier, choice = await self._best(builder.case, builder.language, reading)
        if choice is None or choice.confidence < self._costs.doubtful_from:
            return None
        return _answer_of(builder, choice, question, builder.room, earlier)

    async def rule(self, builder: ReplyBuilder, reading: Reading, state: str = "") -> ArticleAnswer | None:
        """What the articles say on how a thing is done, for a message that is about an order as well.

        `state` is the desk's word for how the order stands: what the article says of that state is preferred. It
        takes no more than a half of the room.
        """
        text = _without_orders(builder.case.question[:_LONGEST], reading)
        question = asked_how(in_cyrillic(text, builder.language))
        if not question and (reading.intent in _WISHES or wishes(text)):
            question = text
        if not question:
            return None
        choice = await self._choose(question, builder.language, reading.category, 0.0)
        if choice is None or choice.confidence < self._costs.answer_from or choice.rival is not None:
            return None
        room = _share(builder.room, [], 2)
        for asked in (await self._of_state(builder, choice, question, state), (choice, question)):
            answer = _answer_of(builder, *asked, room) if asked else None
            if answer and answer.paragraphs:
                return answer
        return None

    async def _of_state(
        self, builder: ReplyBuilder, choice: Choice, question: str, state: str
    ) -> tuple[Choice, str] | None:
        """The part of the same article that names the state, with what to look for in it; None where none does."""
        if not state:
            return None
        asked = f"{question} {state}"
        passages = await self._knowledge.search(asked, language=builder.language, limit=self._limit)
        of_state = (
            passage
            for passage in passages
            if passage.doc_key == choice.passage.doc_key and fold(state) in fold(passage.text)
        )
        passage = next(of_state, None)
        return None if passage is None else (replace(choice, passage=replace(passage, lead="")), state)

    async def _best(self, case: Case, language: str, reading: Reading) -> tuple[str, str, Choice | None]:
        """The question, what it adds to if to anything, and the choice."""
        text, earlier = case.question.strip()[:_LONGEST], _earlier(case)
        count = len(words(text))
        follows = bool(_FOLLOWS.search(fold(text))) and count <= _LONGEST_FOLLOW_UP
        if not earlier or not (follows or count <= _FRAGMENT):
            return text, "", await self._choose(text, language, reading.category, reading.confidence)
        alone = await self._choose(text, language, reading.category, reading.confidence)
        both = await self._choose(f"{earlier}\n{text}", language, reading.category, reading.confidence)
        own = alone is not None and alone.confidence >= self._costs.answer_from and alone.rival is None
        if alone is not None and own and (not follows or _is_surer(alone, both)):
            return text, "", alone
        return text, earlier, both

    async def _choose(self, question: str, language: str, category: Category, sure: float) -> Choice | None:
        passages = await self._knowledge.search(question, language=language, limit=self._limit)
        return choose(passages, in_cyrillic(question, language), language, category, sure)

    async def _chosen(self, builder: ReplyBuilder, title: str) -> ArticleAnswer | None:
        """From the article that the customer has chosen of two."""
        question = _earlier(builder.case)
        passages = await self._knowledge.search(
            f"{question}\n{title}", language=builder.language, limit=self._limit
        )
        passage = next((candidate for candidate in passages if candidate.title == title), None)
        if passage is None:
            return None
        answer = _answer_of(
            builder, Choice(passage, max(self._costs.answer_from, passage.score), None), title, builder.room
        )
        return answer if answer.paragraphs else None

    async def _of_several(self, builder: ReplyBuilder, reading: Reading) -> Decision | None:
        """An answer to each of several matters, in order; what has none is named. None where there is one matter."""
        text = in_cyrillic(builder.case.question[:_LONGEST], builder.language)
        parts = parts_of(text, builder.language)
        if len(parts) < 2:
            return None
        matters, left = await self._matters(parts, builder.language, reading)
        if len(sentences(text)) == 1 and not await self._is_apart(text, matters, builder.language, reading):
            return None
        answers = _answers_of(builder, matters)
        sure = all(answer.choice.confidence >= self._costs.answer_from for answer in answers)
        if len(answers) > 1 and not left and sure:
            return answered(builder, answers)
        worth_telling = len(answers) > 1 or bool(answers and left and sure)
        may_ask = not asked_already(builder.case) and not is_frustrated(reading)
        return tentative(builder, answers, left) if worth_telling and may_ask else None

    async def _matters(
        self, parts: list[str], language: str, reading: Reading
    ) -> tuple[list[tuple[str, Choice]], list[str]]:
        """What each article is asked, in order; and the parts that no article is likely to be about."""
        by_article: dict[str, tuple[str, Choice]] = {}
        left: list[str] = []
        for part in parts:
            choice = await self._choose(part, language, reading.category, 0.0)
            if choice is None or choice.confidence < self._costs.doubtful_from:
                left.append(part)
                continue
            key = choice.passage.doc_key
            before = by_article.get(key)
            by_article[key] = (part, choice) if before is None else (f"{before[0]} {part}", before[1])
        return list(by_article.values()), left

    async def _is_apart(
        self, text: str, matters: list[tuple[str, Choice]], language: str, reading: Reading
    ) -> bool:
        """Whether the parts of one sentence are matters of their own: it may tell one matter in two breaths."""
        if len(matters) < 2:
            return False
        whole = await self._choose(text, language, reading.category, reading.confidence)
        least = min(choice.confidence for _, choice in matters)
        if whole is None or least >= self._costs.answer_from:
            return True
        return any(choice.passage.doc_key == whole.passage.doc_key for _, choice in matters) or (
            least > whole.confidence
        )


def _answers_of(builder: ReplyBuilder, matters: list[tuple[str, Choice]]) -> list[ArticleAnswer]:
    """One for each matter that fits what the ones before it leave of the room."""
    answers: list[ArticleAnswer] = []
    for at, (question, choice) in enumerate(matters):
        for parts in (len(matters) - at, 1.4, 1):
            answer = _answer_of(builder, choice, question, _share(builder.room, answers, parts))
            if answer.paragraphs:
                answers.append(answer)
                break
    return answers


def _is_surer(alone: Choice, both: Choice | None) -> bool:
    """Whether a message says more by itself, and of another article, than together with what was asked before."""
    return both is None or (
        alone.passage.doc_key != both.passage.doc_key and alone.confidence > both.confidence
    )


def asked_already(case: Case) -> bool:
    """One question back is enough: after it the desk answers or brings a person."""
    return _last_decision(case) == "ask"


def _answer_of(
    builder: ReplyBuilder, choice: Choice, question: str, room: ReplyStyle, earlier: str = ""
) -> ArticleAnswer:
    passage = choice.passage
    question = question[:_LONGEST]
    known = {word.form for word in words(f"{passage.title} {passage.text}")}
    asked, before = (in_cyrillic(text, builder.language, known.__contains__) for text in (question, earlier))
    quoted = answer_sentences(passage, asked, room, before)
    evidence = tuple(passage_evidence(passage, run.text, run.heading) for run in quoted)
    return ArticleAnswer([run.text for run in quoted], evidence or (passage_evidence(passage),), choice)


def _share(room: ReplyStyle, answers: list[ArticleAnswer], parts: float) -> ReplyStyle:
    """What earlier answers leave, divided into so many parts."""
    used = "\n\n".join(paragraph for answer in answers for paragraph in answer.paragraphs)
    most = min(room.max_words or _MOST_WORDS, _MOST_WORDS)
    characters = room.max_characters
    return replace(
        room,
        max_words=int((most - count_words(used)) / parts),
        max_characters=None if characters is None else int((characters - len(used) - 2) / parts),
    )


def _earlier(case: Case) -> str:
    """What the customer wrote last before the pending messages."""
    pending = {turn.seq for turn in case.pending}
    before = [t.question for t in case.turns if t.sender_type is SenderType.CUSTOMER and t.seq not in pending]
    return before[-1][:500] if before else ""


def _last_decision(case: Case) -> str | None:
    turns = [turn for turn in case.turns if turn.sender_type is SenderType.AI]
    return turns[-1].decision if turns else None


def _topic_chosen(case: Case, language: str) -> str | None:
    """Which of two articles the customer chose, where they had been asked."""
    if not asked_already(case):
        return None
    asked = [turn.content for turn in case.turns if turn.sender_type is SenderType.AI][-1]
    return topic_meant(case.question, topics_offered(asked), language)


def _without_orders(text: str, reading: Reading) -> str:
    """Numbers of orders tell articles nothing."""
    for entity in reading.entities:
        if entity.type.value in {"order_number", "tracking_number"}:
            text = text.replace(plain(entity.text).text, "")
    return text
