"""The SPARQL service measured: beside its peers, with queries that never end, and with rude clients."""
