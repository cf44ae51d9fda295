"""What /readyz says of this machine: red, yellow, or nothing."""
