"""Numbers about the desk's work, read from tickets and their log."""
