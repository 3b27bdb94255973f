"""Local intelligence behind the answering port: small talk, orders and articles, without a model."""
