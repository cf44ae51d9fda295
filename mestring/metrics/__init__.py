"""/metrics: what an operator alarms on, in OpenMetrics. Nothing in it is about a person."""
