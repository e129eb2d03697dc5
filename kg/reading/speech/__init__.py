"""Speech: who says what in a text, and through which official text it reaches the reader."""
