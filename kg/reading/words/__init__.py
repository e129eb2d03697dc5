"""Words: the tables of English that the rules know, as data beside the code that loads them."""
