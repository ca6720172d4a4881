"""The talent tree canvas: the one part of the window with the game's colours."""
