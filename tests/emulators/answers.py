"""What the emulated models say, by a word of the question; SLOW, LIMITED and their like are its faults."""

FACT = "Delivery to Shymkent takes 3–5 business days. Delivery costs 1,500 KZT."
REPLY = {
    "act": "answer",
    "confidence": 0.9,
    "reason": None,
    "sources": ["p1"],
    "content": FACT,
    "reasoning": "the passage says so",
}
SAYS: dict[str, object] = {"toolCalls": [{"name": "reply", "arguments": REPLY}]}
USAGE = {
    "input_tokens": 1200,
    "output_tokens": 60,
    "prompt_tokens": 1200,
    "completion_tokens": 60,
    "total_tokens": 1260,
}
SEARCHES: dict[str, object] = {
    "toolCalls": [{"name": "search_knowledge", "arguments": {"query": "delivery to Shymkent"}}]
}


def when(text: str, response: dict[str, object], **physics: object) -> dict[str, object]:
    return {"match": {"userMessage": text}, "response": response, **physics}


def fault(status: int, kind: str) -> dict[str, object]:
    return {"error": {"message": "not now", "type": kind}, "status": status}


FIXTURES: list[dict[str, object]] = [
    when("BROKEN", SAYS, truncateAfterChunks=12, streamingProfile={"ttft": 50, "tps": 25}),
    when("LIMITED", fault(429, "rate_limit_error")),
    when("OVERLOADED", fault(529, "overloaded_error")),
    when("REFUSED", {"content": "", "finishReason": "content_filter"}),
    when("SLOW", SAYS, streamingProfile={"ttft": 20_000, "tps": 50}),
    {"match": {"userMessage": "SEARCH", "hasToolResult": False}, "response": SEARCHES},
    {
        "match": {"toolName": "reply"},
        "response": {**SAYS, "usage": USAGE},
        "streamingProfile": {"ttft": 100, "tps": 25},
    },
]
