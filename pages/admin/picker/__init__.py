"""Choose a page by its title, in a field or in the editor. What a link may be is decided in richtext."""
