"""Find one address or number in all working copies, and replace it. No other words are replaced."""
