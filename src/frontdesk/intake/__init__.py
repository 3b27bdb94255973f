"""Intake: accept once, then record in order."""
