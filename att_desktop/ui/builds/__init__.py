"""The Builds page: what the best play, per encounter."""
