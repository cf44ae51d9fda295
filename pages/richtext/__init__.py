"""The one rich-text format: what it may contain (field), and its one reader. It knows no page and no link."""
