"""What OPERATOR_MAIL is told: that a service failed, or the site met a fault. Never content."""
