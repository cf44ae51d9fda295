"""Order and menu: moving a page without publishing a word."""
