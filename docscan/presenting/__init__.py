"""A report for people: terminal, HTML, tables. Imports Jinja; knows no HTTP."""
