"""What the SPARQL editor knows: terms to complete, and the shipped questions as examples by topic."""
