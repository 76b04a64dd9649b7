/*
 * Large blocks for libtensorflow inside Electron; linked into tfjs_binding.node by scripts/setup/binding.ts.
 *
 * Electron's executable exports malloc and its family (PartitionAlloc), so every library loaded into the process uses
 * them. PartitionAlloc maps and unmaps blocks of about a megabyte and more on each call, and oneDNN allocates such blocks
 * in every training step (reordered filters), past TensorFlow's own allocators: thousands of page faults a step.
 *
 * The binding is loaded with RTLD_DEEPBIND there (src/engine/backend/load.ts), so libtensorflow looks symbols up in the binding first
 * and finds these functions. They keep freed large blocks for the next step and pass everything else to the host's
 * allocator, to which a pointer also goes back when it did not come from here. Without the flag (in Node) libtensorflow
 * does not see them and uses glibc as ever.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define HEADER ((size_t)64)             /* bytes before what the caller sees; also the largest alignment served */
#define LARGE ((size_t)16 * 1024)         /* smaller blocks go to the host (at 64 KiB a net of small tensors stayed 10% slower) */
#define ARENA ((size_t)1 << 38)         /* address space, not memory; a block outside it is the host's */
#define CLASSES (4 * 40)                /* four sizes to each doubling: at most a quarter of a block is wasted */

typedef struct Block { size_t class; struct Block *next; } Block;

static char *arena;
static size_t used;
static Block *kept[CLASSES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct {
  void *(*malloc)(size_t);
  void *(*calloc)(size_t, size_t);
  void *(*realloc)(void *, size_t);
  void (*free)(void *);
  int (*posix_memalign)(void **, size_t, size_t);
  size_t (*malloc_usable_size)(void *);
} host;
static int ready;

static void start(void) {
  pthread_mutex_lock(&lock);
  if (!ready) {
    /* RTLD_DEFAULT would find this file's functions again; the program's handle finds the executable's, then libc's. */
    void *program = dlopen(NULL, RTLD_LAZY);
#define FIND(name) *(void **)&host.name = dlsym(program, #name)
    FIND(malloc); FIND(calloc); FIND(realloc); FIND(free); FIND(posix_memalign); FIND(malloc_usable_size);
    void *space = mmap(NULL, ARENA, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    arena = space == MAP_FAILED ? NULL : space; /* without an arena everything goes to the host */
    if (!arena) {
      /* write(2): stdio may allocate, and this is an allocator. */
      static const char words[] = "cultivar: no address space for the block pool (a limit such as ulimit -v?); training steps take up to a quarter longer\n";
      ssize_t written = write(2, words, sizeof words - 1);
      (void)written;
    }
    __atomic_store_n(&ready, 1, __ATOMIC_RELEASE);
  }
  pthread_mutex_unlock(&lock);
}

/* In every function, not in a constructor: libtensorflow's constructors run first, and they allocate. */
static inline void ensure_started(void) {
  if (__builtin_expect(!__atomic_load_n(&ready, __ATOMIC_ACQUIRE), 0)) start();
}

static int ours(const void *pointer) {
  return arena && (const char *)pointer >= arena && (const char *)pointer < arena + ARENA;
}

static size_t size_of_class(size_t class) {
  size_t doubling = (size_t)1 << (class / 4);
  return doubling + class % 4 * (doubling / 4);
}

static size_t class_for(size_t size) {
  size_t doubling = 63 - __builtin_clzll(size);
  size_t quarter = ((size_t)1 << doubling) / 4;
  return doubling * 4 + (size - ((size_t)1 << doubling) + quarter - 1) / quarter;
}

/* A block of at least `size` bytes, 64-byte aligned; NULL when the host should serve it. */
static void *take(size_t size) {
  if (size < LARGE || size > ARENA / 4 || !arena) return NULL;
  size_t class = class_for(size + HEADER);
  pthread_mutex_lock(&lock);
  Block *block = kept[class];
  if (block) {
    kept[class] = block->next;
  } else if (used + size_of_class(class) <= ARENA) {
    block = (Block *)(arena + used);
    used += size_of_class(class);
  }
  pthread_mutex_unlock(&lock);
  if (!block) return NULL;
  block->class = class;
  return (char *)block + HEADER;
}

void *malloc(size_t size) {
  ensure_started();
  void *block = take(size);
  return block ? block : host.malloc(size);
}

void free(void *pointer) {
  ensure_started();
  if (!ours(pointer)) {
    host.free(pointer);
    return;
  }
  Block *block = (Block *)((char *)pointer - HEADER);
  pthread_mutex_lock(&lock);
  block->next = kept[block->class];
  kept[block->class] = block;
  pthread_mutex_unlock(&lock);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  ensure_started();
  void *block = alignment <= HEADER ? take(size) : NULL;
  if (!block) return host.posix_memalign(result, alignment, size);
  *result = block;
  return 0;
}

void *aligned_alloc(size_t alignment, size_t size) {
  void *block = NULL;
  size_t wide = alignment < sizeof(void *) ? sizeof(void *) : alignment;
  return posix_memalign(&block, wide, size) == 0 ? block : NULL;
}

void *memalign(size_t alignment, size_t size) { return aligned_alloc(alignment, size); }

/* Kept blocks hold old bytes, so zeroed memory comes from the host. */
void *calloc(size_t count, size_t size) {
  ensure_started();
  return host.calloc(count, size);
}

size_t malloc_usable_size(void *pointer) {
  ensure_started();
  if (!ours(pointer)) return host.malloc_usable_size(pointer);
  return size_of_class(((Block *)((char *)pointer - HEADER))->class) - HEADER;
}

void *realloc(void *pointer, size_t size) {
  ensure_started();
  if (!ours(pointer)) return host.realloc(pointer, size);
  if (size == 0) {
    free(pointer);
    return NULL;
  }
  void *moved = malloc(size);
  if (moved) {
    size_t had = malloc_usable_size(pointer);
    memcpy(moved, pointer, had < size ? had : size);
    free(pointer);
  }
  return moved;
}
