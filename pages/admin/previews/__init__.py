"""Preview and share on the screen."""
