// kqueue(2) of NetBSD: wider, unsigned, and counts of type size_t.
#pragma once
#include <stddef.h>
#include <stdint.h>
typedef uint32_t port_filter_t;
typedef uint32_t port_flags_t;
typedef intptr_t port_udata_t;
typedef size_t port_count_t;
#define PORT_EVFILT(n) (n##u)
