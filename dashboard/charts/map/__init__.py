"""The map: how lines run, what is written on it, and the deck that draws them."""
