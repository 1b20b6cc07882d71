"""Tests of the life of a request: pool, canvases, sources, service."""
