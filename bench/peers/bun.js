// Bun's own WebSocket server with its publish and subscribe: `bun bun.js PORT`.
const server = Bun.serve({
    hostname: "127.0.0.1",
    port: Number(process.argv[2]),
    fetch(request, server) {
        return server.upgrade(request) ? undefined : new Response("a WebSocket is wanted", { status: 426 });
    },
    websocket: {
        idleTimeout: 0,
        perMessageDeflate: false,
        open(seat) {
            seat.subscribe("case");
        },
        // The server's publish, not the seat's, which leaves out the seat itself.
        message(_seat, message) {
            server.publish("case", message);
        },
    },
});
