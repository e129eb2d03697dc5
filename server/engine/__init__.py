"""Where queries run: what an engine promises, how a store answers, and in which process."""
