"""The picture library: rows and files made together, removed together."""
