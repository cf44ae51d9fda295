"""What both apps know about typed text: identity numbers, digits, invisible signs. Pure functions alone."""
