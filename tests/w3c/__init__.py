"""The W3C's tests of SPARQL, run against Parley case by case.

What is run is in `suites.tsv`, one row a folder with the number of its cases. Left out, with reasons:

- `sparql11/entailment` (70 cases): Parley offers no entailment regime at query time, and its service
  description names none. What follows from the ontology is put into graphs when a graph is built.
- `sparql11/http-rdf-update` (18 cases): the suite itself calls them deprecated in favour of
  `sparql11/graph-store-protocol`, which has the same requests in a form that a program can read.

A case passes, or it is in `known-failures.tsv` (limits of the engine), or in `refused.tsv` (what Parley
refuses by design); a row for a case that passes is an error.
"""
