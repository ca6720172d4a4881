"""Warcraft Logs: token, queries, zones, rankings, and the sample source that stands for it."""
