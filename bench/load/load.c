/*
 * An open-loop load generator: up to 10,000 WebSockets to one server, driven and read by one thread.
 *
 * Commands come on stdin, one a line, `name key=value ...`, with percent-encoded values; load.py says what each does.
 * Each is answered by one line of JSON on stdout that begins with the number of its line, in the order of being done.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum {
    READ_BYTES = 64 * 1024,
    MOST_EVENTS = 256,
    MOST_ARGUMENTS = 24,
    MOST_CODES = 16,
    MOST_WORDS = 1 << 20, /* of 64 numbers each, that one connection remembers */
    WHY_BYTES = 256,
    CHECK_BYTES = 80,
    STAMP_BYTES = 26, /* @@, 16 digits of nanoseconds, 8 of a number */
    TIME_DIGITS = 16,
    NUMBER_DIGITS = 8,
    FINE_BITS = 7, /* 128 buckets for each doubling: an error under 0.4 % */
    FINE = 1 << FINE_BITS,
    BUCKETS = (65 - FINE_BITS) * FINE,
    LOOPBACK = 127,
    BURST = 64, /* posts that are late, before reading goes on */
    ABNORMAL = 1006, /* RFC 6455: closed without a close frame */
    NO_CODE = 1005,
    FIRST_SOURCE = 0x7f000002, /* 127.0.0.2 */
    MS = 1000000,
};
enum opcode { CONTINUATION, TEXT, BINARY, CLOSE = 8, PING, PONG };
enum state { GONE, CONNECTING, UPGRADING, GREETING, READY };
enum kind { OPEN, POST, ASK, WAIT };

static const uint64_t NEVER = UINT64_MAX, SECOND = 1000000000;
static const char SEPARATOR[] = "\x1e", KEY[] = "dGhlIHNhbXBsZSBub25jZQ==", HOST[] = "127.0.0.1";

struct bytes { char *at; size_t len, cap; };
struct lines { char *text, **at; size_t count; };
struct spread { uint64_t total, max, buckets[BUCKETS]; };
struct bits { uint64_t *words; uint64_t base, count; };
struct argument { char *key, *value; };
struct command { long line; char *name; size_t count; struct argument arguments[MOST_ARGUMENTS]; char text[]; };
struct code { int code; uint64_t count; };
struct plan { uint64_t began_ns; double per_s; size_t count; };

struct connection {
    struct group *group;
    int fd;
    enum state state;
    bool stalled;
    uint32_t interest;      /* what epoll is asked for; 0 where it does not know the socket */
    uint64_t began_ns;      /* of connecting, or when its question was planned */
    uint64_t answered;      /* posts, in the order they were sent */
    struct bytes rest;      /* of a frame that is not whole yet */
    struct bytes message;   /* the fragments of a message so far */
    struct bytes unsent;
    struct bytes until;     /* what ends its question */
    struct bits numbers;    /* this and the following outlive the socket */
    uint64_t seq;
    char check[CHECK_BYTES];
};

struct group {
    struct group *next;
    char *name;
    struct command *options; /* of the last `open` */
    struct sockaddr_in server;
    unsigned sources;
    int rcvbuf;
    bool raw, history, acks;
    enum opcode opcode;
    const char *ready, *init;
    struct lines tokens, rooms;
    struct connection *connections;
    size_t count;
    struct job *job;
    struct plan posted;     /* of the last `post` */
    char *expect;           /* what an answer to it holds, or NULL */
    uint64_t messages, bytes, stamps, doubles, lost, acked, errors;
    struct code codes[MOST_CODES];
    struct spread arrivals, answers;
    char why[WHY_BYTES];    /* the first error frame */
};

struct job {
    struct job *next;
    enum kind kind;
    struct command *command;
    struct group *group;
    const char *text, *until;
    struct plan plan;
    uint64_t due_ns, deadline_ns, first_number, late_ns;
    size_t begun, done, failed, at_once, first;
    struct spread times;
    char why[WHY_BYTES];
};

static int epoll, timer;
static uint64_t now_ns;           /* when the last read returned, or later */
static uint64_t due_ns = 0;       /* of the next job */
static uint64_t armed_ns = 0;     /* what the timer is set to */
static uint64_t next_number;
static struct group *groups;
static struct job *jobs;
static struct bytes buffer;       /* what was read, of any connection */
static const char *unnoted;       /* from where on in it `note_position` did not look */
/* Of ids, in base 16, and letters: digits in a text could be somebody's number, which a server may refuse. */
static const char letters_of[] = "ghijklmnopqrstuv";
static signed char hex_digits[256], id_digits[256];

/* ---- bytes, numbers, text ---- */

/* End with a sentence on stderr. */
static void die(const char *what) {
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* Memory of zeros. */
static void *fresh(size_t count, size_t size) {
    void *at = calloc(count, size);
    if (at == NULL) die("memory");
    return at;
}

/* The monotonic time, which all processes of the machine share. */
static uint64_t clock_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * SECOND + (uint64_t)time.tv_nsec;
}

/* Make room for `more` bytes. */
static void reserve(struct bytes *b, size_t more) {
    if (b->cap - b->len >= more) return;
    b->cap = b->len + more + b->len / 2;
    b->at = realloc(b->at, b->cap);
    if (b->at == NULL) die("memory");
}

/* Add bytes at the end. */
static void append(struct bytes *b, const void *data, size_t len) {
    reserve(b, len);
    if (len) memcpy(b->at + b->len, data, len);
    b->len += len;
}

/* Add text at the end. */
static void appendf(struct bytes *b, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    size_t len = (size_t)vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    reserve(b, len + 1);
    va_start(arguments, format);
    vsnprintf(b->at + b->len, len + 1, format, arguments);
    va_end(arguments);
    b->len += len;
}

/* Give the memory back. */
static void discard(struct bytes *b) {
    free(b->at);
    *b = (struct bytes){0};
}

/* Whether `data` begins with `start`. */
static bool begins(const char *data, size_t len, const char *start) {
    return len >= strlen(start) && memcmp(data, start, strlen(start)) == 0;
}

/* Where `what` occurs, or NULL. */
static const char *find(const char *data, size_t len, const char *what) {
    return memmem(data, len, what, strlen(what));
}

/* Where `what` last begins in `data`; `rare` is the place in it of a letter that is seldom seen. */
static const char *find_last(const char *data, const char *end, const char *what, size_t rare) {
    size_t len = strlen(what);
    for (const char *at = end; (at = memrchr(data, what[rare], (size_t)(at - data))) != NULL;) {
        const char *start = at - rare;
        if ((size_t)(at - data) >= rare && (size_t)(end - start) >= len && !memcmp(start, what, len)) return start;
    }
    return NULL;
}

/* Keep at most WHY_BYTES of the first reason. */
static void because(char *why, const char *data, size_t len) {
    if (*why == '\0') snprintf(why, WHY_BYTES, "%.*s", (int)len, data);
}

/* Read digits of a kind; false where one is none. */
static bool read_digits(const signed char *digits, const char *text, int len, uint64_t *value) {
    int bad = 0;
    uint64_t sum = 0;
    for (int at = 0; at < len; at++) {
        int digit = digits[(unsigned char)text[at]];
        bad |= digit;
        sum = sum << 4 | (uint64_t)(digit & 15);
    }
    *value = sum;
    return bad >= 0;
}

/* Read what follows `@@` in a stamp. */
static bool parse_id(const char *text, uint64_t *planned_ns, uint64_t *number) {
    return read_digits(id_digits, text, TIME_DIGITS, planned_ns) &&
           read_digits(id_digits, text + TIME_DIGITS, NUMBER_DIGITS, number);
}

/* ---- latencies: a histogram that is linear within each doubling ---- */

/* Count one latency. */
static void note(struct spread *s, uint64_t since_ns) {
    uint64_t ns = now_ns > since_ns ? now_ns - since_ns : 0;
    int shift = ns < FINE ? -1 : 63 - __builtin_clzll(ns) - FINE_BITS;
    s->buckets[shift < 0 ? ns : (uint64_t)shift * FINE + (ns >> shift)]++;
    s->total++;
    if (ns > s->max) s->max = ns;
}

/* The middle of a bucket. */
static uint64_t middle(uint64_t bucket) {
    if (bucket < 2 * FINE) return bucket;
    uint64_t shift = bucket / FINE - 1;
    return ((FINE + bucket % FINE) << shift) + (1ull << shift) / 2;
}

/* A percentile by nearest rank. */
static uint64_t percentile(const struct spread *s, double share) {
    uint64_t rank = (uint64_t)(share * (double)s->total + 0.999999), seen = 0;
    for (uint64_t bucket = 0; bucket < BUCKETS; bucket++)
        if ((seen += s->buckets[bucket]) >= rank) return middle(bucket) < s->max ? middle(bucket) : s->max;
    return s->max;
}

/* The end of an answer: percentiles in ms, or null where nothing was counted. */
static void print_spread(const struct spread *s) {
    static const struct { const char *name; double share; } ranks[] = {
        {"p50", 0.5}, {"p95", 0.95}, {"p99", 0.99}, {"p999", 0.999}, {"max", 1}};
    for (size_t at = 0; at < sizeof ranks / sizeof *ranks; at++) {
        uint64_t ns = ranks[at].share < 1 ? percentile(s, ranks[at].share) : s->max;
        if (s->total) printf(",\"%s\":%.6f", ranks[at].name, (double)ns / MS);
        else printf(",\"%s\":null", ranks[at].name);
    }
    puts("}");
}

/* Print a JSON string. */
static void print_text(const char *text) {
    putchar('"');
    for (; *text; text++) {
        unsigned char letter = (unsigned char)*text;
        if (letter < ' ' || letter == 127 || letter == '"' || letter == '\\') printf("\\u%04x", letter);
        else putchar(letter);
    }
    putchar('"');
}

/* Answer a command that failed; false. */
static bool refuse(const struct command *c, const char *format, ...) {
    char text[2 * WHY_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    printf("{\"line\":%ld,\"error\":", c->line);
    print_text(text);
    puts("}");
    return false;
}

/* ---- the numbers that a connection got ---- */

/* Make the bitmap hold `word`. */
static void widen(struct bits *b, uint64_t word) {
    uint64_t low = b->count && b->base < word ? b->base : word, end = b->base + b->count;
    uint64_t high = b->count && end > word ? end : word + 1 + b->count / 2;
    errno = ERANGE;
    if (high - low > MOST_WORDS) die("the numbers of one connection's stamps lie too far apart");
    uint64_t *words = fresh(high - low, sizeof *words);
    if (b->count) memcpy(words + (b->base - low), b->words, b->count * sizeof *words);
    free(b->words);
    *b = (struct bits){words, low, high - low};
}

/* Note a number; false where it was noted before. */
static bool mark(struct bits *b, uint64_t number) {
    if (number / 64 < b->base || number / 64 >= b->base + b->count) widen(b, number / 64);
    uint64_t *word = &b->words[number / 64 - b->base], bit = 1ull << number % 64;
    bool first = !(*word & bit);
    *word |= bit;
    return first;
}

/* How many of the numbers from `from` to before `end` were noted. */
static uint64_t marked(const struct bits *b, uint64_t from, uint64_t end) {
    uint64_t sum = 0;
    if (from < b->base * 64) from = b->base * 64;
    if (end > (b->base + b->count) * 64) end = (b->base + b->count) * 64;
    for (; from < end; from = (from / 64 + 1) * 64) {
        uint64_t word = b->words[from / 64 - b->base] >> from % 64 << from % 64;
        if (end / 64 == from / 64) word &= (1ull << end % 64) - 1;
        sum += (uint64_t)__builtin_popcountll(word);
    }
    return sum;
}

/* ---- templates ---- */

/* Line n, from the start again after the last. */
static const char *line_of(const struct lines *lines, size_t n) {
    return lines->count ? lines->at[n % lines->count] : "";
}

/* Write what `parse_id` reads. */
static void append_id(struct bytes *to, uint64_t planned_ns, uint64_t number) {
    char id[TIME_DIGITS + NUMBER_DIGITS];
    for (int at = TIME_DIGITS - 1; at >= 0; at--, planned_ns >>= 4) id[at] = letters_of[planned_ns & 15];
    for (int at = NUMBER_DIGITS - 1; at >= 0; at--, number >>= 4) id[TIME_DIGITS + at] = letters_of[number & 15];
    append(to, id, sizeof id);
}

/* Add the value of one placeholder; false where `name` is none. `len_at` becomes the place of {len}. */
static bool fill(struct bytes *to, const char *name, const struct connection *c, uint64_t planned_ns, uint64_t number,
                 size_t *len_at) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    size_t pad = strncmp(name, "pad:", 4) ? 0 : strtoul(name + 4, NULL, 10);
    const char *line = !strcmp(name, "token") ? line_of(&c->group->tokens, (size_t)(c - c->group->connections))
                       : !strcmp(name, "room") ? line_of(&c->group->rooms, (size_t)(c - c->group->connections))
                       : !strcmp(name, "check") ? c->check : NULL;
    if (line != NULL) append(to, line, strlen(line));
    else if (!strcmp(name, "n")) appendf(to, "%zu", (size_t)(c - c->group->connections));
    else if (!strcmp(name, "seq")) appendf(to, "%" PRIu64, c->seq);
    else if (!strcmp(name, "stamp")) append(to, "@@", 2), append_id(to, planned_ns, number);
    else if (!strcmp(name, "id")) append_id(to, planned_ns, number);
    else if (!strcmp(name, "len")) *len_at = to->len;
    else if (!pad) return false;
    for (size_t at = 0; at < pad; at++) append(to, letters + at % 26, 1);
    return true;
}

/* Put the length of what stands between the first and the last line end where {len} stood. */
static void fill_length(struct bytes *to, size_t len_at) {
    const char *first = find(to->at, to->len, "\r\n"), *last = find_last(to->at, to->at + to->len, "\r\n", 0);
    char text[24];
    int len = snprintf(text, sizeof text, "%td", first == last ? 0 : last - first - 2); /* both NULL: 0 */
    append(to, text, (size_t)len);
    memmove(to->at + len_at + len, to->at + len_at, to->len - (size_t)len - len_at);
    memcpy(to->at + len_at, text, (size_t)len);
}

/* Write the template for one connection. What looks like a placeholder and is none stays as it is. */
static void expand(struct bytes *to, const char *text, const struct connection *c, uint64_t planned_ns,
                   uint64_t number) {
    char name[16];
    size_t len_at = SIZE_MAX;
    int end;
    to->len = 0;
    while (*text) {
        size_t plain = strcspn(text + (*text == '{'), "{") + (*text == '{');
        end = 0;
        if (sscanf(text, "{%15[a-z:0-9]}%n", name, &end) == 1 && end && fill(to, name, c, planned_ns, number, &len_at))
            text += end;
        else append(to, text, plain), text += plain;
    }
    if (len_at != SIZE_MAX) fill_length(to, len_at);
}

/* ---- sockets ---- */

/* Make a job's turn come at once. */
static void wake(struct job *job) {
    if (job != NULL) job->due_ns = due_ns = 0;
}

/* Tell epoll what a connection waits for. */
static void watch(struct connection *c) {
    bool writes = c->unsent.len || c->state == CONNECTING;
    uint32_t interest = (c->stalled ? 0 : EPOLLIN) | (writes ? EPOLLOUT : 0);
    if (interest == c->interest) return;
    struct epoll_event event = {.events = interest, .data.ptr = c};
    epoll_ctl(epoll, c->interest == 0 ? EPOLL_CTL_ADD : interest == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD, c->fd, &event);
    c->interest = interest;
}

/* Close the socket and forget what belongs to it. */
static void hang_up(struct connection *c, bool abruptly) {
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    if (c->state == GONE) return;
    if (abruptly) setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close(c->fd);
    c->state = GONE;
    c->interest = 0;
    c->stalled = false;
    if (c->until.len) c->group->job->failed++, wake(c->group->job);
    discard(&c->rest);
    discard(&c->message);
    discard(&c->unsent);
    discard(&c->until);
}

/* A connection was lost, or could not be opened. */
static void lose(struct connection *c, int code, const char *why, size_t len) {
    struct group *g = c->group;
    size_t at = 0;
    if (c->state == READY) {
        while (at < MOST_CODES - 1 && g->codes[at].count && g->codes[at].code != code) at++;
        g->codes[at].code = code;
        g->codes[at].count++;
        g->lost++;
    } else if (g->job != NULL) {
        because(g->job->why, why, len);
        g->job->failed++;
        wake(g->job);
    }
    hang_up(c, false);
}

/* Send bytes, or keep what the socket does not take; false where the connection is broken, as its reader will see. */
static bool push(struct connection *c, const char *data, size_t len) {
    ssize_t sent = 0;
    if (c->unsent.len == 0 && c->state != CONNECTING) sent = send(c->fd, data, len, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return false;
    if (sent < 0) sent = 0;
    append(&c->unsent, data + sent, len - (size_t)sent);
    watch(c);
    return true;
}

/* Send what was kept. */
static void flush(struct connection *c) {
    ssize_t sent = send(c->fd, c->unsent.at, c->unsent.len, MSG_NOSIGNAL);
    if (sent > 0) memmove(c->unsent.at, c->unsent.at + sent, c->unsent.len -= (size_t)sent);
    if (c->unsent.len == 0 || (sent < 0 && errno != EAGAIN)) discard(&c->unsent);
    watch(c);
}

/* Send a masked frame. */
static bool send_frame(struct connection *c, enum opcode opcode, const char *data, size_t len) {
    static struct bytes frame;
    static uint32_t mask = 0x9e3779b9;
    size_t size = len < 126 ? 0 : len < 65536 ? 2 : 8;
    size_t seven = size == 0 ? len : size == 2 ? 126 : 127;
    unsigned char head[] = {(unsigned char)(0x80 | opcode), (unsigned char)(0x80 | seven)};
    mask = mask * 1664525 + 1013904223;
    frame.len = 0;
    append(&frame, head, sizeof head);
    for (size_t at = size; at-- > 0;) append(&frame, &(unsigned char){(unsigned char)(len >> 8 * at)}, 1);
    append(&frame, &mask, sizeof mask);
    append(&frame, data, len);
    char *body = frame.at + frame.len - len, *key = body - sizeof mask;
    for (size_t at = 0; at < len; at++) body[at] ^= key[at % sizeof mask];
    return push(c, frame.at, frame.len);
}

/* Send a message, as the group's kind of stream has them. */
static bool send_message(struct connection *c, const struct bytes *text) {
    return c->group->raw ? push(c, text->at, text->len) : send_frame(c, c->group->opcode, text->at, text->len);
}

/* ---- what comes ---- */

/* The opening phase of a connection is over. */
static void become_ready(struct connection *c) {
    c->state = READY;
    note(&c->group->job->times, c->began_ns);
    c->group->job->done++;
    wake(c->group->job);
}

/* Send the init messages. */
static void greet(struct connection *c) {
    struct bytes text = {0};
    char *messages = strdup(c->group->init), *rest = messages, *one;
    c->state = GREETING;
    while (*c->group->init && (one = strsep(&rest, SEPARATOR)) != NULL) {
        expand(&text, one, c, now_ns, 0);
        send_message(c, &text);
    }
    if (*c->group->ready == '\0') become_ready(c);
    free(messages);
    discard(&text);
}

/* Note all stamps; where the first is that is not whole yet, or the end. */
static const char *scan(struct connection *c, const char *data, const char *end, bool timed) {
    struct group *g = c->group;
    uint64_t planned_ns, number;
    while ((data = memchr(data, '@', (size_t)(end - data))) != NULL) {
        if (end - data < STAMP_BYTES) return data;
        if (data[1] != '@' || !parse_id(data + 2, &planned_ns, &number)) {
            data++;
            continue;
        }
        if (mark(&c->numbers, number)) g->stamps++;
        else g->doubles++;
        if (timed) note(&g->arrivals, planned_ns);
        data += STAMP_BYTES;
    }
    return end;
}

/* A message came before the connection was ready. */
static void get_ready(struct connection *c, const char *data, size_t len) {
    if (c->group->history) scan(c, data, data + len, false);
    if (memmem(data, len, c->group->ready, strlen(c->group->ready)) != NULL) become_ready(c);
    else if (begins(data, len, "{\"t\":\"error\"")) lose(c, NO_CODE, data, len);
}

/* An answer by id: `re` holds the stamp. */
static void take_ack(struct group *g, const char *data, size_t len) {
    const char *re = find(data, len, "\"re\":\"");
    uint64_t planned_ns, number;
    if (re == NULL || data + len - re < 6 + TIME_DIGITS + NUMBER_DIGITS) return;
    if (!parse_id(re + 6, &planned_ns, &number)) return;
    g->acked++;
    note(&g->answers, planned_ns);
}

/* When post or question k is planned. */
static uint64_t planned_at(const struct plan *plan, size_t k) {
    return plan->began_ns + (uint64_t)((double)k / plan->per_s * (double)SECOND);
}

/* Answers without an id: each is to the oldest post of this connection that had none. */
static void take_answers(struct connection *c, const char *data, size_t len) {
    struct group *g = c->group;
    const char *end = data + len;
    for (; (data = find(data, (size_t)(end - data), g->expect)) != NULL; data += strlen(g->expect)) {
        size_t k = (size_t)(c - g->connections) + c->answered++ * g->count;
        if (k >= g->posted.count) return;
        g->acked++;
        note(&g->answers, planned_at(&g->posted, k));
    }
}

/* The question of this connection was answered. */
static void take_answer(struct connection *c) {
    discard(&c->until);
    note(&c->group->job->times, c->began_ns);
    c->group->job->done++;
    wake(c->group->job);
}

/* A data message came; where in it a stamp begins that is not whole, or its end. */
static const char *take_message(struct connection *c, const char *data, size_t len) {
    struct group *g = c->group;
    if (c->state != READY) {
        get_ready(c, data, len);
        return data + len;
    }
    g->messages++;
    const char *rest = scan(c, data, data + len, true);
    if (g->acks && begins(data, len, "{\"t\":\"ack\"")) take_ack(g, data, len);
    else if (begins(data, len, "{\"t\":\"error\"")) g->errors++, because(g->why, data, len);
    if (g->expect != NULL) take_answers(c, data, len);
    if (c->until.len && memmem(data, len, c->until.at, c->until.len) != NULL) take_answer(c);
    return rest;
}

/* Remember the last "check" and the "seq" before it. */
static void note_position(struct connection *c, const char *data, const char *end) {
    const char *check = find_last(data, end, "\"check\":\"", 5);
    const char *seq = check == NULL ? NULL : find_last(data, check, "\"seq\":", 3);
    const char *quote = seq == NULL ? NULL : memchr(check + 9, '"', (size_t)(end - check - 9));
    if (quote == NULL || quote - check - 9 >= CHECK_BYTES) return;
    c->seq = strtoull(seq + 6, NULL, 10);
    snprintf(c->check, CHECK_BYTES, "%.*s", (int)(quote - check - 9), check + 9);
}

/* A fragment came, and perhaps with it the end of its message. */
static void take_fragment(struct connection *c, bool last, const char *data, size_t len) {
    append(&c->message, data, len);
    if (!last) return;
    struct bytes message = c->message;
    c->message = (struct bytes){0};
    note_position(c, message.at, message.at + message.len);
    unnoted = data + len;
    take_message(c, message.at, message.len);
    discard(&message);
}

/* A close frame came. */
static void take_close(struct connection *c, const char *data, size_t len) {
    char why[WHY_BYTES];
    int code = len < 2 ? NO_CODE : (unsigned char)data[0] << 8 | (unsigned char)data[1];
    int size = snprintf(why, sizeof why, "closed with code %d %.*s", code, len < 2 ? 0 : (int)len - 2, data + 2);
    send_frame(c, CLOSE, data, len < 2 ? 0 : 2);
    lose(c, code, why, (size_t)size);
}

/* A frame came. */
static void take_frame(struct connection *c, unsigned char first, const char *data, size_t len) {
    enum opcode opcode = first & 15;
    bool last = first & 0x80;
    if (opcode == CLOSE) take_close(c, data, len);
    else if (opcode == PING) send_frame(c, PONG, data, len);
    else if (opcode == TEXT || opcode == BINARY || opcode == CONTINUATION) {
        if (last && opcode != CONTINUATION) take_message(c, data, len);
        else take_fragment(c, last, data, len);
    }
}

/* Take all frames that are whole; where the rest begins. */
static const char *take_frames(struct connection *c, const char *data, const char *end) {
    while (c->state >= GREETING && end - data >= 2) {
        const unsigned char *head = (const unsigned char *)data;
        size_t len = head[1] & 127, size = len < 126 ? 0 : len == 126 ? 2 : 8;
        if ((size_t)(end - data) < 2 + size) break;
        if (size) len = 0;
        for (size_t at = 0; at < size; at++) len = len << 8 | head[2 + at];
        if ((size_t)(end - data) - 2 - size < len) break;
        take_frame(c, head[0], data + 2 + size, len);
        data += 2 + size + len;
    }
    return data;
}

/* Take the answer to the handshake, where it is whole; where the rest begins. */
static const char *take_upgrade(struct connection *c, const char *data, const char *end) {
    const char *head = find(data, (size_t)(end - data), "\r\n\r\n");
    if (head == NULL) return data;
    if (begins(data, (size_t)(end - data), "HTTP/1.1 101")) greet(c);
    else lose(c, ABNORMAL, data, (size_t)((const char *)find(data, (size_t)(end - data), "\r\n") - data));
    return head + 4;
}

/* Read once. */
static void receive(struct connection *c) {
    buffer.len = 0;
    append(&buffer, c->rest.at, c->rest.len);
    reserve(&buffer, READ_BYTES);
    ssize_t got = recv(c->fd, buffer.at + buffer.len, READ_BYTES, 0);
    now_ns = clock_ns();
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
        const char *why = got < 0 ? strerror(errno) : "closed by the server";
        lose(c, ABNORMAL, why, strlen(why));
        return;
    }
    const char *rest = buffer.at, *end = rest + buffer.len + got;
    unnoted = rest;
    if (c->state == READY) c->group->bytes += (size_t)got;
    if (c->group->raw) rest = take_message(c, rest, (size_t)(end - rest));
    if (c->state == UPGRADING) rest = take_upgrade(c, rest, end);
    if (!c->group->raw) rest = take_frames(c, rest, end);
    if (c->state == GONE) return;
    note_position(c, unnoted, rest);
    c->rest.len = 0;
    append(&c->rest, rest, (size_t)(end - rest));
    if (c->rest.len == 0) discard(&c->rest);
}

/* The socket takes bytes. */
static void writable(struct connection *c) {
    int error = 0;
    socklen_t len = sizeof error;
    if (c->state == CONNECTING) {
        now_ns = clock_ns();
        getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &len);
        if (error) {
            lose(c, ABNORMAL, strerror(error), strlen(strerror(error)));
            return;
        }
        c->state = UPGRADING;
        if (c->group->raw) greet(c);
    }
    if (c->unsent.len) flush(c);
    watch(c);
}

/* ---- jobs: commands that take a while ---- */

/* The argument of a command, or what holds without it. */
static const char *value(const struct command *c, const char *key, const char *otherwise) {
    for (size_t at = 0; at < c->count; at++)
        if (!strcmp(c->arguments[at].key, key)) return c->arguments[at].value;
    return otherwise;
}

/* The same, of a number. */
static double amount(const struct command *c, const char *key, double otherwise) {
    const char *text = value(c, key, NULL);
    return text == NULL ? otherwise : strtod(text, NULL);
}

/* Begin an answer. */
static void answer(const struct command *c) {
    printf("{\"line\":%ld", c->line);
}

/* Begin a job of a command. */
static struct job *begin(enum kind kind, struct command *c, struct group *g) {
    struct job *job = fresh(1, sizeof *job);
    now_ns = clock_ns();
    *job = (struct job){.next = jobs, .kind = kind, .command = c, .group = g, .plan = {.began_ns = now_ns}};
    job->deadline_ns = now_ns + (uint64_t)(amount(c, "timeout_s", 60) * (double)SECOND);
    jobs = job;
    if (g != NULL) g->job = job;
    wake(job);
    return job;
}

/* Write the handshake. */
static void ask_upgrade(struct connection *c) {
    const struct command *options = c->group->options;
    const char *subprotocol = value(options, "subprotocol", NULL), *header = value(options, "header", NULL);
    const char *host = value(options, "host", HOST);
    struct bytes head = {0}, more = {0};
    appendf(&head, "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
            value(options, "path", "/"), host, ntohs(c->group->server.sin_port));
    appendf(&head, "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n", KEY);
    if (subprotocol != NULL) appendf(&head, "Sec-WebSocket-Protocol: %s\r\n", subprotocol);
    if (header != NULL) expand(&more, header, c, now_ns, 0);
    append(&head, more.at, more.len);
    append(&head, "\r\n\r\n", header == NULL || (more.len && more.at[more.len - 1] == '\n') ? 2 : 4);
    push(c, head.at, head.len);
    discard(&head);
    discard(&more);
}

/* Open one connection. */
static void dial(struct connection *c) {
    struct group *g = c->group;
    struct sockaddr_in source = {.sin_family = AF_INET};
    int on = 1;
    c->began_ns = now_ns = clock_ns();
    c->state = CONNECTING;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->fd < 0) die("socket");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (g->rcvbuf) setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &g->rcvbuf, sizeof g->rcvbuf);
    if (g->sources) {
        source.sin_addr.s_addr = htonl(FIRST_SOURCE + (unsigned)(c - g->connections) % g->sources);
        setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        bind(c->fd, (struct sockaddr *)&source, sizeof source);
    }
    if (connect(c->fd, (struct sockaddr *)&g->server, sizeof g->server) < 0 && errno != EINPROGRESS) {
        lose(c, ABNORMAL, strerror(errno), strlen(strerror(errno)));
        return;
    }
    if (!g->raw) ask_upgrade(c);
    watch(c);
}

/* Go on opening; true when that is over. */
static bool work_open(struct job *job) {
    struct group *g = job->group;
    while (job->begun < g->count && job->begun - job->done - job->failed < job->at_once)
        dial(&g->connections[job->begun++]);
    job->due_ns = job->deadline_ns;
    if (job->done + job->failed == g->count) {
        answer(job->command);
        printf(",\"ready\":%zu,\"failed\":%zu,\"ms\":%.3f", job->done, job->failed,
               (double)(now_ns - job->plan.began_ns) / MS);
        fputs(",\"why\":", stdout);
        print_text(job->why);
        print_spread(&job->times);
        return true;
    }
    if (now_ns < job->deadline_ns) return false;
    for (size_t at = 0; at < g->count; at++)
        if (g->connections[at].state != READY) hang_up(&g->connections[at], true);
    refuse(job->command, "group %s: only %zu of %zu connections were ready in time; the first that failed: %s", g->name,
           job->done, g->count, *job->why ? job->why : "none");
    return true;
}

/* Post what is due, a burst at most; true when that was the last. */
static bool work_post(struct job *job) {
    static struct bytes text;
    struct group *g = job->group;
    for (int burst = 0; burst < BURST && job->begun < job->plan.count; burst++, job->begun++) {
        uint64_t planned_ns = planned_at(&job->plan, job->begun);
        struct connection *c = &g->connections[job->begun % g->count];
        now_ns = clock_ns();
        job->due_ns = planned_ns;
        if (planned_ns > now_ns) return false;
        if (now_ns - planned_ns > job->late_ns) job->late_ns = now_ns - planned_ns;
        expand(&text, job->text, c, planned_ns, job->first_number + job->begun);
        if (c->state == READY && send_message(c, &text)) job->done++;
        else job->failed++;
    }
    if (job->begun < job->plan.count) return false;
    answer(job->command);
    printf(",\"sent\":%zu,\"unsent\":%zu,\"from\":%" PRIu64 ",\"late_max_ms\":%.6f}\n", job->done, job->failed,
           job->first_number, (double)job->late_ns / MS);
    return true;
}

/* Ask one question. */
static void ask_one(struct job *job, struct connection *c) {
    static struct bytes text;
    uint64_t planned_ns = planned_at(&job->plan, job->begun), k = job->first_number + job->begun;
    job->begun++;
    if (c->state != READY) {
        job->failed++;
        return;
    }
    c->began_ns = planned_ns;
    expand(&c->until, job->until, c, planned_ns, k);
    expand(&text, job->text, c, planned_ns, k);
    send_message(c, &text);
}

/* Ask what is due; true when all was answered, or time is up. */
static bool work_ask(struct job *job) {
    struct group *g = job->group;
    while (job->begun < job->plan.count && planned_at(&job->plan, job->begun) <= now_ns)
        ask_one(job, &g->connections[job->first + job->begun]);
    job->due_ns = job->begun < job->plan.count ? planned_at(&job->plan, job->begun) : job->deadline_ns;
    if (job->done + job->failed < job->plan.count && now_ns < job->deadline_ns) return false;
    for (size_t at = 0; at < g->count; at++) discard(&g->connections[at].until);
    answer(job->command);
    printf(",\"asked\":%zu,\"answered\":%zu", job->begun, job->done);
    print_spread(&job->times);
    return true;
}

/* Do what is due of a job; true when it is done and was answered. */
static bool work(struct job *job) {
    if (job->kind == OPEN) return work_open(job);
    if (job->kind == POST) return work_post(job);
    if (job->kind == ASK) return work_ask(job);
    answer(job->command);
    puts("}");
    return true;
}

/* Do what is due. */
static void run_jobs(void) {
    due_ns = NEVER;
    for (struct job **at = &jobs, *job; (job = *at) != NULL;) {
        if (job->due_ns > now_ns || !work(job)) {
            if (job->due_ns < due_ns) due_ns = job->due_ns;
            at = &job->next;
            continue;
        }
        *at = job->next;
        if (job->group != NULL) job->group->job = NULL;
        if (job->kind != OPEN) free(job->command); /* the group keeps that one */
        free(job);
    }
}

/* ---- commands; each is true where a job took the command over ---- */

/* The lines of a file; false where it cannot be read. */
static bool read_lines(struct lines *lines, const char *path) {
    struct bytes text = {0};
    FILE *file = fopen(path, "r");
    size_t got, room = 0;
    if (file == NULL) return false;
    do {
        reserve(&text, READ_BYTES);
        text.len += got = fread(text.at + text.len, 1, READ_BYTES - 1, file);
    } while (got);
    fclose(file);
    text.at[text.len] = '\0';
    free(lines->text);
    free(lines->at);
    *lines = (struct lines){.text = text.at};
    for (char *line = strtok(text.at, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        if (lines->count == room) lines->at = realloc(lines->at, (room = 2 * room + 64) * sizeof *lines->at);
        lines->at[lines->count++] = line;
    }
    return true;
}

/* The group of that name, or NULL. */
static struct group *group_of(const char *name) {
    struct group *g = groups;
    while (g != NULL && strcmp(g->name, name)) g = g->next;
    return g;
}

/* The group of that name, made where there is none. */
static struct group *make_group(const char *name) {
    struct group *g = group_of(name);
    if (g != NULL) return g;
    g = fresh(1, sizeof *g);
    g->name = strdup(name);
    g->next = groups;
    return groups = g;
}

/* How many connections are open. */
static size_t living(const struct group *g) {
    size_t sum = 0;
    for (size_t at = 0; at < g->count; at++) sum += g->connections[at].state != GONE;
    return sum;
}

/* Make a group have `count` connections. What its indexes remember stays. */
static void resize(struct group *g, size_t count) {
    for (size_t at = count; at < g->count; at++) free(g->connections[at].numbers.words);
    g->connections = realloc(g->connections, count * sizeof *g->connections);
    if (g->connections == NULL) die("memory");
    for (size_t at = g->count; at < count; at++) g->connections[at] = (struct connection){.group = g};
    g->count = count;
}

/* open */
static bool run_open(struct command *c, struct group *g) {
    const char *tokens = value(c, "tokens", NULL), *rooms = value(c, "rooms", NULL);
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)amount(c, "port", 0))};
    double count = amount(c, "count", 0);
    if (count < 1) return refuse(c, "a group has at least one connection");
    if (inet_pton(AF_INET, value(c, "host", HOST), &server.sin_addr) != 1) return refuse(c, "host is no IPv4 address");
    g = make_group(value(c, "group", ""));
    if (g->job != NULL || living(g)) return refuse(c, "group %s is open; drop it first", g->name);
    if (tokens != NULL && !read_lines(&g->tokens, tokens)) return refuse(c, "cannot read %s", tokens);
    if (rooms != NULL && !read_lines(&g->rooms, rooms)) return refuse(c, "cannot read %s", rooms);
    free(g->options);
    g->options = c;
    g->server = server;
    g->sources = ntohl(server.sin_addr.s_addr) >> 24 == LOOPBACK ? (unsigned)amount(c, "sources", 8) : 0;
    g->rcvbuf = (int)amount(c, "rcvbuf", 0);
    g->raw = amount(c, "raw", 0) != 0;
    g->history = amount(c, "history", 0) != 0;
    g->opcode = amount(c, "binary", 0) != 0 ? BINARY : TEXT;
    g->ready = value(c, "ready", "");
    g->init = value(c, "init", "");
    resize(g, (size_t)count);
    begin(OPEN, c, g)->at_once = (size_t)amount(c, "at_once", 64);
    return true;
}

/* drop */
static bool run_drop(struct command *c, struct group *g) {
    if (g->job != NULL && g->job->kind == OPEN) return refuse(c, "group %s is opening", g->name);
    answer(c);
    printf(",\"dropped\":%zu}\n", living(g));
    for (size_t at = 0; at < g->count; at++) hang_up(&g->connections[at], true);
    return false;
}

/* post */
static bool run_post(struct command *c, struct group *g) {
    const char *expect = value(c, "expect", NULL);
    if (g->job != NULL) return refuse(c, "another command is under way in group %s", g->name);
    struct job *job = begin(POST, c, g);
    job->text = value(c, "text", "");
    job->plan.per_s = amount(c, "rate", 1);
    job->plan.count = (size_t)(job->plan.per_s * amount(c, "seconds", 0) + 0.5);
    job->first_number = (uint64_t)amount(c, "from", (double)next_number);
    next_number = job->first_number + job->plan.count;
    free(g->expect);
    g->expect = expect == NULL ? NULL : strdup(expect);
    g->acks = amount(c, "acks", 1) != 0;
    g->posted = job->plan;
    for (size_t at = 0; at < g->count; at++) g->connections[at].answered = 0;
    return true;
}

/* ask */
static bool run_ask(struct command *c, struct group *g) {
    size_t first = (size_t)amount(c, "first", 0);
    size_t count = (size_t)amount(c, "count", first < g->count ? (double)(g->count - first) : 0);
    if (g->job != NULL) return refuse(c, "another command is under way in group %s", g->name);
    if (first + count > g->count) return refuse(c, "group %s has %zu connections only", g->name, g->count);
    struct job *job = begin(ASK, c, g);
    job->text = value(c, "text", "");
    job->until = value(c, "until", "");
    job->first = first;
    job->plan.per_s = 1000 / amount(c, "every_ms", 0);
    job->plan.count = count;
    job->first_number = next_number;
    job->deadline_ns += planned_at(&job->plan, count) - job->plan.began_ns;
    next_number += count;
    return true;
}

/* wait */
static bool run_wait(struct command *c, struct group *g) {
    struct job *job = begin(WAIT, c, g);
    job->due_ns = job->plan.began_ns + (uint64_t)(amount(c, "ms", 0) * MS);
    return true;
}

/* Forget what was counted of arrivals. */
static void reset(struct group *g) {
    g->messages = g->bytes = g->stamps = g->doubles = g->lost = 0;
    memset(g->codes, 0, sizeof g->codes);
    memset(&g->arrivals, 0, sizeof g->arrivals);
    for (size_t at = 0; at < g->count; at++) {
        free(g->connections[at].numbers.words);
        g->connections[at].numbers = (struct bits){0};
    }
}

/* count */
static bool run_count(struct command *c, struct group *g) {
    uint64_t from = (uint64_t)amount(c, "from", 0), expected = (uint64_t)amount(c, "expect", 0);
    uint64_t holes = expected * g->count;
    for (size_t at = 0; at < g->count; at++) holes -= marked(&g->connections[at].numbers, from, from + expected);
    answer(c);
    printf(",\"connections\":%zu,\"messages\":%" PRIu64 ",\"stamps\":%" PRIu64, living(g), g->messages, g->stamps);
    printf(",\"doubles\":%" PRIu64 ",\"holes\":%" PRIu64 ",\"lost\":%" PRIu64, g->doubles, holes, g->lost);
    printf(",\"bytes\":%" PRIu64 ",\"close_codes\":{", g->bytes);
    for (size_t at = 0; at < MOST_CODES && g->codes[at].count; at++)
        printf("%s\"%d\":%" PRIu64, at ? "," : "", g->codes[at].code, g->codes[at].count);
    putchar('}');
    print_spread(&g->arrivals);
    if (amount(c, "reset", 0) != 0) reset(g);
    return false;
}

/* acks */
static bool run_acks(struct command *c, struct group *g) {
    answer(c);
    printf(",\"acks\":%" PRIu64 ",\"errors\":%" PRIu64 ",\"why\":", g->acked, g->errors);
    print_text(g->why);
    print_spread(&g->answers);
    if (amount(c, "reset", 0) == 0) return false;
    g->acked = g->errors = 0;
    g->why[0] = '\0';
    memset(&g->answers, 0, sizeof g->answers);
    return false;
}

/* Stop or go on reading. */
static bool stall(struct command *c, struct group *g, bool stalled) {
    for (size_t at = 0; at < g->count; at++) {
        if (g->connections[at].state != READY) continue;
        g->connections[at].stalled = stalled;
        watch(&g->connections[at]);
    }
    answer(c);
    puts("}");
    return false;
}

/* stall */
static bool run_stall(struct command *c, struct group *g) { return stall(c, g, true); }

/* resume */
static bool run_resume(struct command *c, struct group *g) { return stall(c, g, false); }

/* Close everything and end. */
static void leave(void) {
    for (struct group *g = groups; g != NULL; g = g->next)
        for (size_t at = 0; at < g->count; at++) hang_up(&g->connections[at], true);
    exit(0);
}

/* quit */
static bool run_quit(struct command *c, struct group *g) {
    (void)g;
    answer(c);
    puts("}");
    leave();
    return false;
}

/* What there is to say. The first `needed` of the keys must be given. */
static const struct {
    const char *name;
    bool (*run)(struct command *c, struct group *g);
    size_t needed;
    const char *keys[MOST_ARGUMENTS];
} commands[] = {
    {"open", run_open, 3, {"group", "count", "port", "host", "path", "header", "tokens", "rooms", "subprotocol", "init",
                           "ready", "at_once", "sources", "rcvbuf", "binary", "raw", "history", "timeout_s"}},
    {"drop", run_drop, 1, {"group"}},
    {"post", run_post, 4, {"group", "rate", "seconds", "text", "acks", "expect", "from"}},
    {"ask", run_ask, 4, {"group", "text", "until", "every_ms", "count", "first", "timeout_s"}},
    {"count", run_count, 1, {"group", "expect", "from", "reset"}},
    {"acks", run_acks, 1, {"group", "reset"}},
    {"stall", run_stall, 1, {"group"}},
    {"resume", run_resume, 1, {"group"}},
    {"wait", run_wait, 1, {"ms"}},
    {"quit", run_quit, 0, {NULL}},
};

/* Undo percent-encoding in place. */
static void decode(char *text) {
    char *to = text;
    for (uint64_t letter; *text; text++) {
        if (*text == '%' && text[1] && read_digits(hex_digits, text + 1, 2, &letter)) *to++ = (char)letter, text += 2;
        else *to++ = *text;
    }
    *to = '\0';
}

/* A line as a command. */
static struct command *parse(long line, const char *text, size_t len) {
    struct command *c = fresh(1, sizeof *c + len + 1);
    c->line = line;
    char *rest = memcpy(c->text, text, len), *word, *equals;
    c->name = strsep(&rest, " ");
    while ((word = strsep(&rest, " ")) != NULL && c->count < MOST_ARGUMENTS) {
        if ((equals = strchr(word, '=')) == NULL) continue;
        *equals = '\0';
        decode(equals + 1);
        c->arguments[c->count++] = (struct argument){word, equals + 1};
    }
    return c;
}

/* Whether a command takes that key. */
static bool takes(size_t kind, const char *key) {
    const char *const *keys = commands[kind].keys;
    for (size_t at = 0; at < MOST_ARGUMENTS && keys[at] != NULL; at++)
        if (!strcmp(keys[at], key)) return true;
    return false;
}

/* Run a command; true where a job took it over. */
static bool run(struct command *c) {
    size_t kind = 0, kinds = sizeof commands / sizeof *commands;
    while (kind < kinds && strcmp(commands[kind].name, c->name)) kind++;
    if (kind == kinds) return refuse(c, "there is no command %s", c->name);
    const char *const *keys = commands[kind].keys;
    for (size_t at = 0; at < commands[kind].needed; at++)
        if (value(c, keys[at], NULL) == NULL) return refuse(c, "%s needs %s", c->name, keys[at]);
    for (size_t at = 0; at < c->count; at++)
        if (!takes(kind, c->arguments[at].key)) return refuse(c, "%s takes no %s", c->name, c->arguments[at].key);
    struct group *g = group_of(value(c, "group", ""));
    if (g == NULL && kind > 0 && takes(kind, "group")) return refuse(c, "there is no group %s", value(c, "group", ""));
    return commands[kind].run(c, g);
}

/* Read commands, and do those that are whole. */
static void take_commands(void) {
    static struct bytes input;
    static long line;
    reserve(&input, READ_BYTES);
    ssize_t got = read(STDIN_FILENO, input.at + input.len, READ_BYTES);
    if (got <= 0) leave();
    input.len += (size_t)got;
    for (char *end; (end = memchr(input.at, '\n', input.len)) != NULL;) {
        size_t len = (size_t)(end - input.at);
        struct command *c = parse(++line, input.at, len);
        if (!run(c)) free(c);
        memmove(input.at, end + 1, input.len -= len + 1);
    }
}

/* ---- the loop ---- */

/* Set the timer to the next job. */
static void arm(void) {
    uint64_t ns = due_ns ? due_ns : 1; /* 0 would stop it */
    struct itimerspec at = {.it_value = {.tv_sec = (time_t)(ns / SECOND), .tv_nsec = (long)(ns % SECOND)}};
    if (due_ns == armed_ns) return;
    if (due_ns == NEVER) at.it_value = (struct timespec){0};
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
    armed_ns = due_ns;
}

/* Let epoll report that `fd` can be read, as `place`. */
static void listen_to(int fd, void *place) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = place};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0) die("stdin must be a pipe");
}

/* What a connection is ready for. */
static void serve(struct connection *c, uint32_t events) {
    if (c->state != GONE && (events & EPOLLOUT || c->state == CONNECTING)) writable(c);
    if (c->state > CONNECTING && !c->stalled && events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(c);
    if (now_ns >= due_ns) run_jobs();
}

/* Wait for events and serve them. Commands come last: they may replace connections that events speak of. */
static void turn(void) {
    struct epoll_event events[MOST_EVENTS];
    bool told = false;
    int count = epoll_wait(epoll, events, MOST_EVENTS, -1);
    for (int at = 0; at < count; at++) {
        if (events[at].data.ptr == &commands) told = true;
        else if (events[at].data.ptr == &timer) armed_ns = 0;
        else serve(events[at].data.ptr, events[at].events);
    }
    if (told) take_commands();
    now_ns = clock_ns();
    if (now_ns >= due_ns) run_jobs();
    arm();
}

/* Allow as many sockets as the system does. */
static void raise_limit(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

int main(void) {
    memset(hex_digits, -1, sizeof hex_digits);
    memset(id_digits, -1, sizeof id_digits);
    for (int at = 0; at < 16; at++) {
        hex_digits[(unsigned char)"0123456789abcdef"[at]] = hex_digits[(unsigned char)"0123456789ABCDEF"[at]] = (signed char)at;
        id_digits[(unsigned char)letters_of[at]] = (signed char)at;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    raise_limit();
    due_ns = NEVER;
    epoll = epoll_create1(EPOLL_CLOEXEC);
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    listen_to(STDIN_FILENO, (void *)&commands);
    listen_to(timer, &timer);
    for (;;) turn();
}
