"""The names of the buttons and hidden fields of the page form, which its templates and scripts use too."""

PUBLISH, SCHEDULE, PREVIEW, CHECK = "_publish", "_schedule", "_preview", "_check"
OPENED_FROM = "opened_from"  # the id of the newest edition when the form was opened
