"""Words that a player reads, made from codes and figures."""
