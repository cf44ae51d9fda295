"""An edition shown before or beside its publication: in a preview, or by a share link; it publishes nothing."""
