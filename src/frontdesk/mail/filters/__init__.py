"""One decision a file; the order stands in `intake`."""
