"""What the desk knows: documents in, passages out.

This module imports nothing, so that the process that reads files starts quickly.
"""
