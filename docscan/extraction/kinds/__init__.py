"""What kind of document it is."""
