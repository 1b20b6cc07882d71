"""The life of a request: service (one straight function), queue, workers, progress."""
