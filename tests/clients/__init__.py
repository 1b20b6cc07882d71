"""Real clients against a real server: the compatibility table's evidence."""
