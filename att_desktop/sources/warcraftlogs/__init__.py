"""Warcraft Logs' API v2: token, points, zones, rankings."""
