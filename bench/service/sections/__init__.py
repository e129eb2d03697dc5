"""The parts of docs/benchmarks.md, each written from one result."""
