"""Ready responses and when they are old."""
