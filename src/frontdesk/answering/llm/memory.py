"""How much of a conversation a model is shown: the newest turns within a budget, the rest counted."""

from dataclasses import dataclass

from frontdesk.tickets.case import Case, Turn

MAX_TURNS = 20
MAX_CHARACTERS = 8_000
MAX_TURN_CHARACTERS = 1_500
MAX_QUESTION_CHARACTERS = 12_000


@dataclass(frozen=True, slots=True)
class Memory:
    turns: tuple[Turn, ...]
    """What was said before the pending messages, oldest first."""
    left_out: int
    """So many older turns did not fit."""


def recall(case: Case, max_turns: int = MAX_TURNS, max_characters: int = MAX_CHARACTERS) -> Memory:
    """The newest turns of the episode that fit, always without the pending messages."""
    pending = {turn.seq for turn in case.pending}
    earlier = [turn for turn in case.turns if turn.seq not in pending]
    kept: list[Turn] = []
    room = max_characters
    for turn in reversed(earlier[-max_turns:]):
        room -= min(len(turn.content), MAX_TURN_CHARACTERS)
        if room < 0:
            break
        kept.append(turn)
    return Memory(tuple(reversed(kept)), len(earlier) - len(kept))
