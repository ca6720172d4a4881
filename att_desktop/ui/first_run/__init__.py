"""The first steps: one dialog that can be skipped and opened again from Help."""
