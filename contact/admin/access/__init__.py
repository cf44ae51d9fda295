"""Who may enter a restricted section, and what opens the inbox for the person in front of it; shows no case."""
