"""The list: query, rows, pages, search, table, statistics."""
