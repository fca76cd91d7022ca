"""The page of a rule: prose, and parts made from the specification, the vectors, the mistakes."""
