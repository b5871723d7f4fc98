"""Pages over the database: which rooms are to be looked at, whom a tier rings, and what the server says in a room."""
