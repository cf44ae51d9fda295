"""What both apps know about Norway: its identity numbers. Pure functions, which import neither app."""
