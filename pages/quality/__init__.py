"""Rules that read a snapshot and return what an editor should look at. They know no forms and write nothing."""
