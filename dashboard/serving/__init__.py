"""What the server does besides showing pages: one thing a module, put together in `dashboard/server.py`."""
