"""Signing in, and what admins do with people and keys."""
