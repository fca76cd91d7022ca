"""The parts of a rule's page, each made from its specification, its vectors or its mistakes."""
