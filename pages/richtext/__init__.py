"""The one rich-text format: what is kept (field), how it is read (tokens), slugs."""
