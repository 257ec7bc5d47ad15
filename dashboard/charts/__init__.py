"""Pictures: one module each, from a table to a figure or a deck; none of them knows Streamlit."""
