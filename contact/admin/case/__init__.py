"""One case on one page: its forms, panels and buttons."""
