"""How long a mail is tried, and how long it waits between two attempts. Pure but for the dice."""

import random
from datetime import timedelta

GIVE_UP_AFTER = timedelta(days=2)
"""Since its first attempt, as mail servers do among themselves."""
FIRST_WAIT = 60.0
SERVER_AWAY = 30 * 60.0
"""The longest wait, in seconds, where the server or the folder is away: when it is back, mail should leave soon."""
SERVER_DEFERS = 4 * 3600.0
"""The longest wait, in seconds, where a working server says "later": greylists and quotas want patience."""
_JITTER = 0.25


def wait_after(attempts: int, longest: float) -> timedelta:
    """The wait after so many attempts (1 or more): doubles from a minute up to `longest` seconds.

    A part of up to a quarter is taken off by chance, so that mails which failed together do not return together.
    """
    full = min(longest, FIRST_WAIT * 2.0 ** min(max(attempts, 1) - 1, 16))
    return timedelta(seconds=full * (1 - random.uniform(0, _JITTER)))
