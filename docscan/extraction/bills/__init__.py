"""Receipts and bills: who sold what to whom, when and for how much."""
