"""Who is who, and the numbers by which they are known."""
