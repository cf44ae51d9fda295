"""The access log: written, chained, anchored outside the database, verified. Shows nothing; screens do."""
