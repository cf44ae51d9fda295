"""A preview and its share links in the admin. What stands in the frame comes from pages.previews."""
