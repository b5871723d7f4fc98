"""The live side: sockets, rooms on this node, fan-out, the backplane. Knows neither `persistence` nor `web`."""
