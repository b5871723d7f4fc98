// Node with ws: `NODE_PATH=… node node_ws.cjs PORT`.
const { WebSocket, WebSocketServer } = require("ws");

const server = new WebSocketServer({
    host: "127.0.0.1",
    port: Number(process.argv[2]),
    backlog: 4096,
    perMessageDeflate: false,
});
server.on("connection", (seat) => {
    seat.on("error", () => {});
    seat.on("message", (message, binary) => {
        for (const other of server.clients) {
            if (other.readyState === WebSocket.OPEN) {
                other.send(message, { binary });
            }
        }
    });
});
