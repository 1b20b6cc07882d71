"""Styles: real transforms of the composed picture, one per word of vocabulary.STYLES."""
