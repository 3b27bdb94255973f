"""Customers, and the chat sessions by which they prove who they are."""
