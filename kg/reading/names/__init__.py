"""Names: who and what a text refers to, by name, title, description or pronoun."""
