"""The library on the screen."""
