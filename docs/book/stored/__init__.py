"""What is kept of the reports of long runs."""
