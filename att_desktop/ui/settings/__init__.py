"""The Settings page: every setting with its default and one sentence, applied at once."""
