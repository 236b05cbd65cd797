"""Dates and the part each plays."""
