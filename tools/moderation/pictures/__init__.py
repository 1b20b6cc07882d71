"""Builds the picture judge's networks (src/egaku/moderation/models) from what PyPI and npm carry."""
