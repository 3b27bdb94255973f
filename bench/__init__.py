"""Benchmarks: `python -m bench [NAME...]`. Figures are ratios against a baseline of the same run."""
