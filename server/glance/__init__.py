"""What the start page tells: a peace process at a glance, who is heard in it, and small pictures of it."""
