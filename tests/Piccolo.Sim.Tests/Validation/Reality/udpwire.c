// udpwire: a wire with a delay between two UDP endpoints, for kernels without netem.
//
//   udpwire DELAY_US RATE_BPS QUEUE_OCTETS  LISTEN_A PEER_A  LISTEN_B PEER_B        (addresses as IP:PORT)
//
// What comes to LISTEN_A goes to PEER_B from LISTEN_B, DELAY_US after the kernel got it, and the other way round. Whoever sends takes
// the peer's place. With a RATE_BPS the wire transmits one datagram after the other first, and drops what more than QUEUE_OCTETS would
// have to wait for; 0 leaves the rate to somebody else (tc tbf). The kernel's time stamps are used, so that a late wake-up of this
// program delays nothing unless it is later than the delay.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>

enum { RING = 8192, FRAME = 9000 };
typedef long long i64;
struct datagram { i64 due; int length; unsigned char octets[FRAME]; };
struct way { int from, to; struct sockaddr_in peer; i64 free; unsigned head, tail; struct datagram *ring; };

static i64 delay_ns, rate_bps, queue_octets;

static i64 now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static struct sockaddr_in address(const char *text) {
    char host[64] = { 0 };
    const char *colon = strchr(text, ':');
    struct sockaddr_in a = { .sin_family = AF_INET };
    if (!colon || colon - text > 63) { fprintf(stderr, "udpwire: %s is not IP:PORT\n", text); exit(2); }
    memcpy(host, text, (size_t)(colon - text));
    a.sin_port = htons((unsigned short)atoi(colon + 1));
    if (inet_pton(AF_INET, host, &a.sin_addr) != 1) { fprintf(stderr, "udpwire: %s is not IP:PORT\n", text); exit(2); }
    return a;
}

static int bound(const char *text) {
    struct sockaddr_in a = address(text);
    int fd = socket(AF_INET, SOCK_DGRAM, 0), size = 8 << 20, on = 1;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&a, sizeof a)) { perror("udpwire: bind"); exit(1); }
    return fd;
}

// Takes one datagram from a way's socket; the sender becomes the other way's peer. Returns 0 when there is none.
static int take(struct way *way, struct way *back) {
    struct datagram *d = &way->ring[way->tail % RING];
    char control[256];
    struct sockaddr_in sender;
    struct iovec iov = { d->octets, FRAME };
    struct msghdr message = { .msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = &iov, .msg_iovlen = 1,
                              .msg_control = control, .msg_controllen = sizeof control };
    ssize_t n = recvmsg(way->from, &message, MSG_DONTWAIT);
    if (n < 0) return 0;
    i64 at = now_ns();
    for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c))
        if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS) {
            struct timespec t;
            memcpy(&t, CMSG_DATA(c), sizeof t);
            at = t.tv_sec * 1000000000LL + t.tv_nsec;
        }
    back->peer = sender;
    i64 departure = at;
    if (rate_bps) {
        i64 start = way->free > at ? way->free : at;
        if ((start - at) * rate_bps / 8000000000LL > queue_octets) return 1;
        departure = way->free = start + n * 8000000000LL / rate_bps;
    }
    if (way->tail - way->head >= RING) return 1;
    d->due = departure + delay_ns;
    d->length = (int)n;
    way->tail++;
    return 1;
}

// Sends what is due; returns when the next datagram is.
static i64 give(struct way *way) {
    for (; way->head != way->tail; way->head++) {
        struct datagram *d = &way->ring[way->head % RING];
        if (d->due > now_ns()) return d->due;
        sendto(way->to, d->octets, (size_t)d->length, 0, (struct sockaddr *)&way->peer, sizeof way->peer); // refused is lost
    }
    return 0;
}

int main(int argc, char **argv) {
    if (argc != 8) {
        fprintf(stderr, "usage: udpwire DELAY_US RATE_BPS QUEUE_OCTETS LISTEN_A PEER_A LISTEN_B PEER_B\n");
        return 2;
    }
    delay_ns = atoll(argv[1]) * 1000;
    rate_bps = atoll(argv[2]);
    queue_octets = atoll(argv[3]);
    int a = bound(argv[4]), b = bound(argv[6]);
    struct way ways[2] = { { .from = a, .to = b, .peer = address(argv[7]) }, { .from = b, .to = a, .peer = address(argv[5]) } };
    for (int i = 0; i < 2; i++) {
        ways[i].ring = malloc(RING * sizeof *ways[i].ring);
        if (!ways[i].ring) { perror("udpwire"); return 1; }
    }
    prctl(PR_SET_TIMERSLACK, 1000);
    struct pollfd polled[2] = { { .fd = a, .events = POLLIN }, { .fd = b, .events = POLLIN } };
    puts("ready");
    fflush(stdout);
    for (;;) {
        while (take(&ways[0], &ways[1])) { }
        while (take(&ways[1], &ways[0])) { }
        i64 first = give(&ways[0]), second = give(&ways[1]);
        i64 due = first && (!second || first < second) ? first : second;
        i64 wait = due ? due - now_ns() : 0;
        struct timespec limit = { wait > 0 ? wait / 1000000000 : 0, wait > 0 ? wait % 1000000000 : 0 };
        ppoll(polled, 2, due ? &limit : NULL, NULL);
    }
}
