"""The one rich-text format: allowed markup, the field that stores it, its one reader. It knows no page, no link."""
