"""The pictures of the book, drawn by matplotlib from what the reference computes."""
