"""A group planned and built in pieces, which are then joined to what one build would have made."""
