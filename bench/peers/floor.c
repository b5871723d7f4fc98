/*
 * The floor under every fan-out: what the kernel asks for, and nothing else. `floor PORT` takes plain TCP connections on
 * 127.0.0.1; whatever comes from one is sent to all, its sender too, with one send() a seat. No framing, no WebSocket,
 * one thread.
 *
 * A slow reader holds nobody up and nothing is kept for it: what does not fit into its socket is dropped, uncounted,
 * perhaps in the middle of a message.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS_AT_ONCE = 256, BYTES_AT_ONCE = 65536 };

static int *seats;
static size_t seated, room;

static void need(int worked, const char *what) {
    if (!worked) {
        perror(what);
        exit(1);
    }
}

static int listen_on(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    int yes = 1;
    int door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    need(door >= 0, "socket");
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    need(setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0, "setsockopt");
    need(bind(door, (struct sockaddr *)&address, sizeof address) == 0, "bind");
    need(listen(door, SOMAXCONN) == 0, "listen");
    return door;
}

static void watch(int loop, int descriptor) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
    need(epoll_ctl(loop, EPOLL_CTL_ADD, descriptor, &event) == 0, "epoll_ctl");
}

static void sit(int seat) {
    if (seated == room) {
        room = room ? 2 * room : 1024;
        seats = realloc(seats, room * sizeof *seats);
        need(seats != NULL, "realloc");
    }
    seats[seated++] = seat;
}

static void leave(int seat) {
    for (size_t at = 0; at < seated; at++) {
        if (seats[at] == seat) {
            seats[at] = seats[--seated];
            break;
        }
    }
    close(seat);
}

static void welcome_all(int loop, int door) {
    int yes = 1;
    for (;;) {
        int seat = accept4(door, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (seat < 0 && (errno == ECONNABORTED || errno == EINTR))
            continue;
        if (seat < 0 && errno == EAGAIN)
            return;
        need(seat >= 0, "accept4");
        need(setsockopt(seat, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) == 0, "setsockopt");
        watch(loop, seat);
        sit(seat);
    }
}

static void pass_on(int seat) {
    static char bytes[BYTES_AT_ONCE];
    ssize_t size = recv(seat, bytes, sizeof bytes, 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (size <= 0) {
        leave(seat);
        return;
    }
    /* Not looked at: what does not fit is dropped, and a seat that is gone is heard of when it is read. */
    for (size_t at = 0; at < seated; at++)
        (void)send(seats[at], bytes, (size_t)size, MSG_NOSIGNAL);
}

int main(int count, char **words) {
    struct epoll_event events[EVENTS_AT_ONCE];
    int door, loop;
    if (count != 2) {
        fputs("usage: floor PORT\n", stderr);
        return 2;
    }
    door = listen_on(atoi(words[1]));
    loop = epoll_create1(EPOLL_CLOEXEC);
    need(loop >= 0, "epoll_create1");
    watch(loop, door);
    for (;;) {
        int ready = epoll_wait(loop, events, EVENTS_AT_ONCE, -1);
        need(ready >= 0 || errno == EINTR, "epoll_wait");
        for (int at = 0; at < ready; at++) {
            if (events[at].data.fd == door)
                welcome_all(loop, door);
            else
                pass_on(events[at].data.fd);
        }
    }
}
