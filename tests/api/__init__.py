"""Tests of the HTTP door, against real servers."""
