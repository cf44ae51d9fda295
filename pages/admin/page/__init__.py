"""The page's form: blocks, conflicts, saving."""
