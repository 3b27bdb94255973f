"""Frontdesk: an AI-first customer-support desk that a company runs itself."""

__version__ = "0.1.0"
