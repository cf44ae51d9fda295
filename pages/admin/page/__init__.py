"""The page form: its blocks, its conflicts and its save. The rules of a save stand in pages.editions."""
