"""Runs checks in processes of their own and reconciles unfinished documents."""
