"""A mail server's end, in place of one."""

from typing import Literal

from frontdesk.engine.mailer import Leaving, Mail


class Post:
    """A mail server's end: takes what comes, or answers with its error."""

    leaves: Literal["sent"] = "sent"

    def __init__(self, error: type[Exception] | None = None) -> None:
        self.error = error
        self.taken: list[Mail] = []

    async def send(self, mail: Mail, leaving: Leaving | None = None) -> None:
        if self.error is not None:
            raise self.error("451 come again")
        self.taken.append(mail)
