"""Tests of the wire contract: fields, dialects, wording, bodies."""
