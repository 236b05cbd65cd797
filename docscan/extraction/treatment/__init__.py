"""What is prescribed, for what, and how the letter speaks of it."""
