"""The Raid night page: the player's talents against every boss and dungeon."""
