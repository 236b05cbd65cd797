"""How often, how long, from when to when: the prescribed course."""
