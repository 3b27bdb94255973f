"""Perception: what stands in the files that come with messages."""
