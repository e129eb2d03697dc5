"""Finds things by what people write for them: names with other letters, spellings, initials or order.

folding     text as plain words, and the words as they sound
schema.sql  the index on disk; `writing` makes it, `index` reads it
things      what the index tells of
matching    how alike two names are
candidates  the things that a name may mean, and whether one is certain
"""
