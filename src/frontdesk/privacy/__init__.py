"""What the desk holds of one customer: exported, erased, and kept no longer than the owner wants."""
