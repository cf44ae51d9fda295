"""Order and menu on the screen."""
