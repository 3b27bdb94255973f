"""Channels: each only translates, between its own wire and the desk's messages."""
