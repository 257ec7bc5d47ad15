"""A briefing of what an address shows or of a deck, made on the page or by command."""
