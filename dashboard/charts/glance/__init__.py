"""Small pictures that are read at a glance, as SVG: deals by year, disclosed value, claims against denials."""
