"""The window's update in a process of its own: it shares neither interpreter nor fate with it."""
