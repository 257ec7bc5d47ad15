"""Decks: runs of views with a line to take home, in small text files beside the tables or made in a reader's browser."""
