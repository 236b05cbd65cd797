"""A document as extractors see it: its text with layout, sentences, sections, assertions and names."""
