"""The update: what to fetch, what to keep, what it means. No window in here."""
