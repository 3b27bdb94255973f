"""Delivery: say it, once."""
