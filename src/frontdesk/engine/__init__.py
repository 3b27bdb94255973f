"""What the house runs on and knows nothing of: lanes, fan-out, blobs."""
