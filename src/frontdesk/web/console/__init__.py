"""What staff and their programs call: tickets, knowledge, figures."""
