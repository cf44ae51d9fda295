"""What both apps know about typed text: identity numbers, invisible signs. Pure functions alone."""
