"""Tests of moderation: what is refused, what is not, and that nobody gets around it easily."""
