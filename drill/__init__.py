"""The fault drill: a deployment of its own, broken in every way that is known, with the promises checked."""
