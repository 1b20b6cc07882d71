"""Scenery: every place of the vocabulary, painted at any size, by any light."""
