"""What the desk's own mail server found out about a mail's sender (RFC 8601). Pure."""

import re

from frontdesk.mail.message import ReadMail
from frontdesk.terms import Proof

_RESULT = re.compile(r"\bdmarc\s*=\s*(\w+)", re.IGNORECASE)
_FROM = re.compile(r"\bheader\.from\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


def proof_of(mail: ReadMail, authserv_id: str) -> Proof:
    """`attested` where that server says that DMARC passed for the sender's domain, `none` where it failed.

    Only the newest header of that name counts: a sender may write others, which stand below it.
    """
    results = _results_of(mail, authserv_id)
    result = _RESULT.search(results)
    if result is None:
        return Proof.CLAIMED
    if result[1].lower() != "pass":
        return Proof.NONE if result[1].lower() == "fail" else Proof.CLAIMED
    about = _FROM.search(results[result.end() :])
    domain = mail.sender.address.rpartition("@")[2].lower()
    return Proof.ATTESTED if about and about[1].lower().rpartition("@")[2] == domain else Proof.CLAIMED


def _results_of(mail: ReadMail, authserv_id: str) -> str:
    newest = mail.header("Authentication-Results")
    named, _, results = newest.partition(";")
    words = named.split()
    is_ours = bool(authserv_id and words) and words[0].lower() == authserv_id.lower()
    return results if is_ours else ""
