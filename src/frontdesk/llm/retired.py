"""Models that their provider has retired, or will, by the installed SDK's own list."""

from frontdesk.settings import Settings

SUCCESSOR = "claude-sonnet-5-5"


def retired_model(settings: Settings) -> str | None:
    """A warning in words where the configured Claude model is on the list, else None."""
    from anthropic.resources.messages.messages import DEPRECATED_MODELS  # heavy

    ends = DEPRECATED_MODELS.get(settings.claude_model)
    if ends is None:
        return None
    return f"CLAUDE_MODEL {settings.claude_model} is retired on {ends}: set {SUCCESSOR} in its place"
