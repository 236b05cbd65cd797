"""Conditions in words and diagnosis codes."""
