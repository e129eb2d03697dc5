"""What lasts beyond the event that a text tells: missions, measures, demands, names under texts."""
