"""Answering: try to help, from knowledge and orders, or say that a person must."""
