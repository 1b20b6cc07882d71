"""Provenance: every picture says what made it, signed (C2PA), and anybody can check (`egaku verify`)."""
