"""What is findable, in which order, and what is shown of it. The page that asks is in pages.visits."""
