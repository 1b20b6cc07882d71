"""The embedded engine: understands a prompt, plans a scene, composes layers, paints them. No weights."""
