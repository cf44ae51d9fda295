"""A visit: from an address to bytes."""
