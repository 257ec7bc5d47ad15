"""What a maintainer's edit must pass on its way to the readers."""
