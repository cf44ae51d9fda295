"""A visit: from an address to bytes, served from live editions only. It writes nothing."""
