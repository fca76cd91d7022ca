"""Mutants: every small slip that the text of a reference function has room for, generated.

`operators` has one kind of slip in each file; `catalogue` puts them to the text of a form.
"""
