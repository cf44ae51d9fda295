"""Who may enter a section, and what opens the inbox for the person in front of it."""
