"""Reads e-mail: bytes in, values out. No connection, no database, no clock."""
