"""Builds the illustrator's bank: lexicon and art, from packages into src/egaku/engines/illustrator/data."""
