"""Ready texts of the desk, with gaps that the ticket fills and what is done besides."""
