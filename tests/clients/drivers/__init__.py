"""Programs that each drive one Python client; run as modules in that client's own environment."""
