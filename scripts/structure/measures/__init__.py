"""Every measure, in the order of the table, and those that must be at their aim."""

from scripts.structure.measure import Measure
from scripts.structure.measures import class_names, cycles, scope, sizes, ticket_writes, web_sql, words

ALL: tuple[Measure, ...] = (
    cycles.MEASURE,
    ticket_writes.MEASURE,
    web_sql.MEASURE,
    scope.MEASURE,
    sizes.FILES,
    sizes.FUNCTIONS,
    sizes.EXCUSES,
    words.REPLACED,
    words.VAGUE,
    class_names.MEASURE,
)

CHECKED = ("cycles", "excuses", "replaced-names", "scope", "ticket-writes", "vague-variables", "web-sql")
"""Names of the measures that `--check` holds at their aim."""
