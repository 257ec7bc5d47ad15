"""Defence deals and statements between states, and how sure we are of each; the data package says whose."""
