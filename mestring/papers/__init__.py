"""What `manage.py papers` writes: the record of processing, the facts of a DPIA and a list of processors.

They are official papers of a Norwegian clinic, in one language: their words stand in bokmål in templates/papers
and in the .toml files beside this, and are no messages. What the program decides, it says itself: periods come
from `contact.retention.rules`, rights from `mestring.roles`, hosts and numbers from the settings. What a person
has to judge is a line to fill in.
"""
