"""What outlives a request: image files, signed links, records, keys, and the sweeper that deletes."""
