"""Results of a spec as pages show them: Builds, Compare, Raid night."""
