"""`curbside serve --demo`: people to sign in as, an open case, and a consult that is played to them."""
