"""A save of the page's form: when it counts, what it would undo and how it is merged, what the editor is told."""
