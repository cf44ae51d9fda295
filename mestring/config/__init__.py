"""The parts of settings.py, and the checks that refuse unsafe ones. Nothing here knows a request."""
