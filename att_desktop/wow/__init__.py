"""World of Warcraft on this computer: its folders, the addon, the addon's data."""
