"""Triple and quad pattern fragments: what a client asks for, and how an answer leads on to all others."""
