"""The picture library: rows and files made and removed together. Pixels are in imaging, screens in admin."""
