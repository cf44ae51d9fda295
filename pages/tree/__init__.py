"""The tree of pages: order, parents and menu, changed without publishing a word of any page."""
