"""A whole desk for every suite of a port: channels are tried on the road too."""

from tests.journeys.conftest import desk_on, settings

__all__ = ["desk_on", "settings"]
