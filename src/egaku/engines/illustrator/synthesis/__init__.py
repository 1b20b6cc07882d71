"""Pictures made from pictures: patch descriptors, nearest-neighbour fields, membranes; for edit and vary."""
