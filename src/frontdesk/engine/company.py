"""In what company a lane is run: the more workers died under it, the fewer others run beside it. Pure.

A worker that dies takes everything that it ran with it, and nobody saw which run was to blame. So nobody is blamed at
first: a lane that was there again is run among few, then alone in its worker. Only who was alone each time is given up.
"""

from dataclasses import dataclass

FEW = 32
"""So many lanes at most that saw two deaths run side by side in one worker."""
ALONE_FROM = 3
"""Deaths after which a lane is run alone: nothing else runs in its worker meanwhile."""
GIVE_UP_DEATHS = ALONE_FROM + 3
"""Three workers died while this lane alone ran in them: it is given up."""


@dataclass(frozen=True, slots=True)
class Deaths:
    """A range of deaths that a claim is for: of workers that died while the lane ran in them, both ends included."""

    least: int
    most: int


AMONG_MANY = Deaths(0, 1)
AMONG_FEW = Deaths(2, ALONE_FROM - 1)
ALONE = Deaths(ALONE_FROM, 2**31 - 1)
