"""The pages around the form: history, comparison, plan, deletion, redaction. The rules stand in pages.editions."""
