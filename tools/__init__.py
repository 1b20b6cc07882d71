"""Build tools of the project; none of this is shipped in the wheel."""
