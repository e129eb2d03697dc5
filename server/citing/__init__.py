"""Citations of the data set, of each thing, statement and report in it, and of views of them."""
