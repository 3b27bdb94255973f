"""Measures the structure of the source: import cycles, ticket writes, SQL in web/, sizes, replaced names.

    python -m scripts.structure                   today's figures
    python -m scripts.structure --at v0.1 HEAD~9  beside those of two revisions
    python -m scripts.structure --places          with every place that is counted
    python -m scripts.structure --check           fails where a measure of `CHECKED` misses its aim

The source is read as text and as syntax trees, never imported. What a measure counts is said in its
own file under `measures/`; to add one, write such a file and list it in `measures/__init__.py`. A
measure that has reached its aim is added to `CHECKED` there, and `make lint` keeps it at its aim. A
file over 300 lines or a function over 40 needs a sentence in `excuses.toml`.
"""
