"""What peers may rely on somebody's word for: claims scored by how cases turned out, and what follows for weights."""
