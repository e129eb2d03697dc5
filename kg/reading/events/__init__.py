"""Events: what a text tells of by nouns and verbs, one node for all places that tell of it."""
