// kstat(3KSTAT).
#pragma once
#include <stdint.h>
#include <sys/types.h>
typedef int kid_t;
typedef struct kstat {
  long long ks_crtime;
  struct kstat* ks_next;
  kid_t ks_kid;
  char ks_module[31];
  unsigned char ks_resv;
  int ks_instance;
  char ks_name[31];
  void* ks_data;
} kstat_t;
typedef struct {
  kid_t kc_chain_id;
  kstat_t* kc_chain;
  int kc_kd;
} kstat_ctl_t;
typedef struct {
  char name[31];
  unsigned char data_type;
  union {
    char c[16];
    long l;
    uint64_t ui64;
    struct {
      union {
        char* ptr;
      } addr;
      uint32_t len;
    } str;
  } value;
} kstat_named_t;
#define KSTAT_DATA_STRING 9
#define KSTAT_NAMED_STR_PTR(k) ((k)->value.str.addr.ptr)
extern "C" {
kstat_ctl_t* kstat_open(void);
int kstat_close(kstat_ctl_t*);
kid_t kstat_read(kstat_ctl_t*, kstat_t*, void*);
kstat_t* kstat_lookup(kstat_ctl_t*, char*, int, char*);
void* kstat_data_lookup(kstat_t*, char*);
}
