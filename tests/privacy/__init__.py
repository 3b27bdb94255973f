"""What the desk holds of customers."""
