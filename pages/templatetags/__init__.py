"""Tags that the public templates use. They read what a view has prepared."""
