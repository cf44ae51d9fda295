"""A fault of the site that a sender met, and that a page of ours explained: told to the project, by a signal.

No view ends with an error then, so Django's own signal does not come. Send it while the error is handled.
"""

from django.dispatch import Signal

met = Signal()
