"""What people, programs and rules do to tickets, whatever door they come by: console, API, e-mail, command line."""
