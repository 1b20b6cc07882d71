"""Tests of the tools that build the bank."""
