"""“Order and menu” on the screen. The moves themselves are made in pages.tree."""
