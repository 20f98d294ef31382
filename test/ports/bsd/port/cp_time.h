// <sys/resource.h> of FreeBSD, <sys/sched.h> of NetBSD: the states in kern.cp_time.
#pragma once
#define CP_USER 0
#define CP_NICE 1
#define CP_SYS 2
#define CP_INTR 3
#define CP_IDLE 4
#define CPUSTATES 5
