"""Judging words and pictures before and after drawing: scores per public category, and a policy on them."""
