"""The first steps: a short assistant that can be skipped and opened again from Help."""
