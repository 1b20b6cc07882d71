"""Whatever draws, behind one interface (base.py)."""
