"""What settings.py is made of, and what refuses to start."""
