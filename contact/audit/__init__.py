"""The access log: written, chained, anchored outside the database, verified."""
