"""How good local intelligence is: every figure, by one command, as one page (docs/reference/intelligence.md)."""
