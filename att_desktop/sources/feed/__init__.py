"""A signed static feed of results: its address, envelope, index and blob."""
