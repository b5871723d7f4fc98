/*
 * What the load generator is tried with: a server that sends stamped frames as fast as they are read.
 *
 * `blast CONNECTIONS SECONDS` prints its port, completes that many WebSocket handshakes, writes FRAMES frames of about
 * 300 bytes to each in turn, and prints how many it sent in all. It ends when its stdin does.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { FRAMES = 8, FRAME_BYTES = 300, HEAD_BYTES = 4, STAMP_AT = 100, BACKLOG = 1024, LONG_FRAME = 126, TEXT = 0x81 };

/* The answer to the key that RFC 6455 has as its example, which the load generator sends. */
static const char UPGRADE[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

struct peer { int fd; uint32_t number; size_t at; char frames[FRAMES * FRAME_BYTES]; };

/* The monotonic time. */
static uint64_t clock_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

/* A listening socket on a free port, which is printed. */
static int listening(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(fd, (struct sockaddr *)&address, len) < 0 || listen(fd, BACKLOG) < 0) exit(1);
    getsockname(fd, (struct sockaddr *)&address, &len);
    printf("%d\n", ntohs(address.sin_port));
    return fd;
}

/* Accept one peer. A request comes in one piece on loopback. */
static void welcome(struct peer *peer, int listener) {
    char request[4096];
    peer->fd = accept(listener, NULL, NULL);
    if (peer->fd < 0 || recv(peer->fd, request, sizeof request, 0) <= 0) exit(1);
    if (send(peer->fd, UPGRADE, sizeof UPGRADE - 1, MSG_NOSIGNAL) < 0) exit(1);
    peer->at = sizeof peer->frames;
    for (size_t frame = 0; frame < FRAMES; frame++) {
        char *at = peer->frames + frame * FRAME_BYTES;
        memset(at, 'x', FRAME_BYTES);
        at[0] = (char)TEXT, at[1] = LONG_FRAME;
        at[2] = (FRAME_BYTES - HEAD_BYTES) >> 8, at[3] = (char)((FRAME_BYTES - HEAD_BYTES) & 255);
        memcpy(at + HEAD_BYTES, "{\"t\":\"event\",\"seq\":1,\"check\":\"0123456789abcdef\",\"text\":\"", 55);
    }
}

/* Put new stamps into a peer's frames. */
static void stamp(struct peer *peer) {
    static const char digits[] = "0123456789abcdef";
    uint64_t planned_ns = clock_ns();
    for (size_t frame = 0; frame < FRAMES; frame++, peer->number++) {
        char *at = peer->frames + frame * FRAME_BYTES + STAMP_AT;
        *at++ = '@', *at++ = '@';
        for (int shift = 60; shift >= 0; shift -= 4) *at++ = digits[planned_ns >> shift & 15];
        for (int shift = 28; shift >= 0; shift -= 4) *at++ = digits[peer->number >> shift & 15];
    }
    peer->at = 0;
}

/* Write what the peer takes; true where that was everything. */
static int serve(struct peer *peer, int flags) {
    ssize_t sent = send(peer->fd, peer->frames + peer->at, sizeof peer->frames - peer->at, MSG_NOSIGNAL | flags);
    if (sent < 0 && errno != EAGAIN) exit(1);
    if (sent > 0) peer->at += (size_t)sent;
    return peer->at == sizeof peer->frames;
}

int main(int count, char **words) {
    if (count != 3) return 2;
    size_t peers = strtoul(words[1], NULL, 10);
    uint64_t sent = 0, seconds = strtoull(words[2], NULL, 10);
    struct peer *all = calloc(peers, sizeof *all);
    setvbuf(stdout, NULL, _IOLBF, 0);
    int listener = listening();
    for (size_t at = 0; at < peers; at++) welcome(&all[at], listener);
    for (uint64_t end_ns = clock_ns() + seconds * 1000000000; clock_ns() < end_ns;)
        for (size_t at = 0; at < peers; at++) {
            if (all[at].at == sizeof all[at].frames) stamp(&all[at]);
            serve(&all[at], MSG_DONTWAIT);
        }
    for (size_t at = 0; at < peers; at++) {
        while (!serve(&all[at], 0)) continue;
        sent += all[at].number;
    }
    printf("%" PRIu64 "\n", sent);
    while (getchar() != EOF) continue;
    return 0;
}
