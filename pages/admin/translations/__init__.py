"""Overview, progress, side by side."""
