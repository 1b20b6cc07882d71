"""The three file formats taken in, read as containers: what is declared, and the bytes that carry pixels.

A container is walked without decoding anything, so sizes, animation and tricks are judged before memory is
spent. What comes out is the same picture with everything but its pixels left behind: texts, thumbnails,
positions and preview frames never reach the decoder, nor whatever is stored later.
"""
