"""Checks of a reply before a customer may have it: its facts, its figures, its form."""
