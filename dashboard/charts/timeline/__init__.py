"""The timeline: its scale, the place of each deal, its frame, and the figure."""
