"""rdflib-endpoint over a file of N-Quads; run by the peers' own Python: rdflib_peer.py PORT STORE FILE.

STORE is `default` (rdflib's own, in memory) or `Oxigraph` (oxrdflib, in memory).
"""

import sys

import uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint


def main(port: int, store: str, path: str) -> None:
    """Serve until told to stop; the default graph is that of the file."""
    graph = Dataset(store=store)
    graph.parse(path, format="ox-nq" if store == "Oxigraph" else "nquads")
    uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
