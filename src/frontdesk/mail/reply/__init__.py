"""What the sender newly wrote, apart from quotes, signatures and what programs add."""
