"""The parts of pages that only the site shows."""
