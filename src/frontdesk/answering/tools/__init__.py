"""What an answerer may look up or propose to do for a customer: typed tools in one registry."""
