"""How well proof holds: a model that obeys every attack, and one that says in free words what its sources say."""
