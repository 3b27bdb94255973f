"""The topics of the contract: their names are public, and a record's key is the ticket's id."""

from typing import Final

TICKETS: Final = "support.tickets.v1"
"""In: one message of a customer each."""
DEAD_LETTERS: Final = "support.dlq.v1"
"""Out: records that could not be taken, byte for byte, with the reason in their headers."""
ALL: Final = (TICKETS, DEAD_LETTERS)
GROUP: Final = "support-enricher"
"""The consumer group: its processes share the partitions."""
PARTITIONS: Final = 48
"""Of a topic that is made here: adding some later would break the order within tickets."""
