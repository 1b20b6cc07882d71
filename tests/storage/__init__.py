"""Tests of what outlives a request: links, images, keys, recipes, the database."""
