"""Links on the screen: the report of external links, and replacing everywhere; no picking of pages."""
