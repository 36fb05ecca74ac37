"""Telephone calls: the list, one call, what is to be returned, and the card of who is on the line."""
