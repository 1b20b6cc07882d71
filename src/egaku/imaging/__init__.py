"""Bytes to pixels and back: safe decode, masks, resizing, compositing, encoding."""
