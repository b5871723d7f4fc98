"""What carries committed events and signals between nodes. Stores nothing that would be missed."""
