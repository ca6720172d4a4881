"""Widgets, models and delegates that several pages use."""
