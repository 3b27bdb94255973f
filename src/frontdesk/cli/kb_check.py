"""`frontdesk kb check`: what the owner of the knowledge should look at."""

import argparse
import json
from collections import Counter
from dataclasses import asdict

from frontdesk.knowledge.base import Knowledge
from frontdesk.knowledge.findings import Finding, FindingKind

_SAYS = {
    FindingKind.EQUAL: "say the same: the first is the source",
    FindingKind.NEAR_EQUAL: "say nearly the same",
    FindingKind.NUMBERS: "tell other figures of one subject",
    FindingKind.DATES: "tell other dates of one subject",
    FindingKind.CONDITIONS: "contradict each other",
    FindingKind.TRANSLATION: "have other figures in each language",
    FindingKind.EXPIRED: "has expired",
    FindingKind.EXPIRES_SOON: "expires soon",
    FindingKind.REVIEW_DUE: "is to be looked at again",
}


async def check(args: argparse.Namespace, knowledge: Knowledge) -> int:
    """Exit code 1 where there is something to look at."""
    findings = await knowledge.check(args.space)
    if args.json:
        print(
            json.dumps({"findings": [asdict(finding) for finding in findings]}, ensure_ascii=False, indent=2)
        )
    else:
        for finding in findings:
            _print(finding)
        counts = Counter(finding.kind.value for finding in findings)
        print(", ".join(f"{count} {kind}" for kind, count in counts.items()) or "nothing to look at")
    return 1 if findings else 0


def _print(finding: Finding) -> None:
    keys = " and ".join(place.doc_key for place in finding.places)
    detail = f" ({finding.detail})" if finding.detail else ""
    print(f"{keys} {_SAYS[finding.kind]}{detail}")
    for place in finding.places:
        if place.quote:
            print(f"  {place.doc_key}: {place.quote}")
