"""The game's own words and rules: specs, talent trees, import codes, builds. Pure."""
