"""The one rich-text format: allowed markup, the field that stores it, its reader. It knows no page and no link."""
