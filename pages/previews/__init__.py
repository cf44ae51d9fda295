"""An edition shown before or beside its publication: previews and share links."""
