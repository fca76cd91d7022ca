"""What the vectors detect: correct variants conform, wrong ones are caught."""
