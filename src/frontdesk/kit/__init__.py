"""Domain-free helpers, kept tiny."""
