"""The list of cases: query, rows, pages, search, table, statistics; nothing is done to a case here."""
