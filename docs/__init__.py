"""The pages of the book: prose, and in it the parts that are made from the specification."""
