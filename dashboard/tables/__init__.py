"""From files to typed tables: reading, describing, checking; nothing here knows a page."""
