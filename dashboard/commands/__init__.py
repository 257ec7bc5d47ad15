"""The commands of maintainers and presenters, each made known in `dashboard/__main__.py`."""
