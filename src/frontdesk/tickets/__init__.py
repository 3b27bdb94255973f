"""Tickets and their messages: rows, SQL, and the life they may lead."""
