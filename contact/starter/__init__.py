"""What a new site begins with: reply templates. Templates that staff have changed are never touched."""
