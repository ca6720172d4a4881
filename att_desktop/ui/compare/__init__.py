"""The Compare page: two builds of a spec against each other, and all encounters at once."""
