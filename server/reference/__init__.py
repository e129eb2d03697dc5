"""The ontology as something to read: its terms, axioms in words, constraints, uses and diagrams."""
