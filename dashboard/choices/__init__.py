"""What the reader may choose, how a text names a value of it, and how a choice is said in words."""
