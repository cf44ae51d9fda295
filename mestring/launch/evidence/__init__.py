"""What the site knows about each item of the launch list, so that no administrator confirms what is wrong."""
