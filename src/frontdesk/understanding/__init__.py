"""Understanding: what is being asked, in which language, how urgent, how risky."""
