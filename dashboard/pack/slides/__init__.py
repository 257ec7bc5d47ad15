"""A briefing as PowerPoint: our theme as its master, and charts, shapes and tables that can be edited, no picture among them."""
