"""Results as the Builds and Compare pages show them."""
