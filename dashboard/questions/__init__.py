"""Questions about the tables: a table in, a table or a sentence out."""
