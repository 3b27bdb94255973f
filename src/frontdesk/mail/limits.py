"""How much of a message is read; what is beyond is cut with a warning, never an error."""

RAW = 30 * 1024 * 1024
"""Bytes of a message; a larger one is refused."""
HEADER_BLOCK = 256 * 1024
HEADERS = 1_000
HEADER = 32 * 1024
"""Bytes of one header."""
PARTS = 1_000
DEPTH = 30
TEXT = 2_000_000
"""Bytes of a body that are read as text."""
REPORT = 64 * 1024
FILENAME = 180
ADDRESSES = 500
IDS = 200
"""Message-IDs of one header."""
