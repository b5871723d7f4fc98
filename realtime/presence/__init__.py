"""Who is here and who is typing: merged from what nodes say, expiring by a clock that is an argument. No I/O."""
