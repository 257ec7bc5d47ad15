"""How fast the dashboard is: measured in a real browser or by many readers at once, never by the tests."""
