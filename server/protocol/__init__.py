"""HTTP as SPARQL uses it, free of any framework: what a request asks for, and how it is answered."""
