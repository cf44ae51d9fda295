"""The picture library on the screen: list, upload, focal point, withdrawal. Files are made in pages.pictures."""
