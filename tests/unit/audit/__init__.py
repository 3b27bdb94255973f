"""The pure parts of the audit log."""
