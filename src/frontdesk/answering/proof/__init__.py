"""Proof: each sentence of a reply is tied to what bears it, or is not shown."""
