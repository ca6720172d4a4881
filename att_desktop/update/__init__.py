"""The update: plan, fetch, aggregate, checkpoint, and writing the addon's data. No Qt."""
