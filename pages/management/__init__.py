"""Commands for operators. They call use cases and hold no rules."""
