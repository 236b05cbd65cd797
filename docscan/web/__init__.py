"""The HTTP doors: the upload API and the pages. The only package that imports FastAPI."""
