"""What the site writes to its log: one redaction, two formats, and the number that a request is known by."""
