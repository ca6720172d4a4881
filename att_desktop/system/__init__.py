"""Folders, files, locks, logs, redaction, crash reports, the keyring, bundled files."""
