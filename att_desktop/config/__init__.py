"""What the player has set: settings, environment variables, credentials."""
