"""One module for each terminal command."""
