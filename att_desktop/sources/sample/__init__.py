"""A made-up Warcraft Logs for trying the app without credentials."""
