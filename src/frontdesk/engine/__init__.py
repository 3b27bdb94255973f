"""What the house runs on and knows nothing of: lanes, clocks, fan-out, blobs."""
