"""The pictures: rows of one question of the graph, drawn, with the same rows as a table, CSV and JSON.

To add one: an `.rq` in `queries/` whose rows are its table, a file here with its `Picture`, a template in
`templates/pictures/` that extends `pictures/base.html`, and its name in the list of `pictures.shown`.
"""
