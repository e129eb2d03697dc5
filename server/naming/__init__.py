"""The index of names of what is served: made of the graph when somebody first looks for a name.

The worker that needs it first makes it, for all workers, in a folder of the server that runs; after the graph
has changed it is made anew. So it fits every kind of store, and a build has nothing to do for it.
"""
