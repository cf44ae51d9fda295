"""Report of links, replace everywhere."""
