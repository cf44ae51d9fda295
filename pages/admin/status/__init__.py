"""What visitors see of a page, said for staff."""
