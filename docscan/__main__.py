"""`python -m docscan` is `docscan`."""

from docscan.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
