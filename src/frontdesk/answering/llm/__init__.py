"""The LLM behind the answering port: an agent, and the chain of providers with local intelligence at its end."""
