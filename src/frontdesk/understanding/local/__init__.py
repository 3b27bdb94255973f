"""Local intelligence: reads ru, kk and en with nothing but what the package carries."""
