"""The frames of `curbside.v1`: msgspec structs, one set for both encodings."""
