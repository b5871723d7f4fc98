"""From HTTP to a WebSocket that is one small object, without an ASGI scope, task or queue for it."""
