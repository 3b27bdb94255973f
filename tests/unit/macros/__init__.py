"""Ready texts."""
