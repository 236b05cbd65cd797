"""Documents, reports and their state, kept in SQLite or PostgreSQL."""
