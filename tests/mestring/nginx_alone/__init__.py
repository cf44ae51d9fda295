"""nginx with the shipped file, in front of a site of a few lines."""
