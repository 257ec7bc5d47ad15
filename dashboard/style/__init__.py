"""How the product looks."""
