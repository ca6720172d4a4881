"""parses.gg: the most played build of every spec and encounter, without an account."""
