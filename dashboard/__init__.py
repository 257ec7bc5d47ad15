"""Defence Ties: deals and statements between Turkey, Pakistan and their neighbours, and how sure we are of each."""
