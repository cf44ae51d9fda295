"""The page form: its blocks, its context and its words. A save of it stands in pages.admin.saving."""
