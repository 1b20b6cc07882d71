"""The HTTP door: routes, uploads, authentication, limits, error rendering. Knows no engine."""
