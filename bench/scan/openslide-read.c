// The peer: OpenSlide reading every pixel of level 0, tile row by tile row, with N threads and doing nothing with them.
// cc -O2 openslide-read.c -lopenslide -lpthread
#include <inttypes.h>
#include <openslide/openslide.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static openslide_t *slide;
static int64_t width, height, next_row;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
enum { SIDE = 256, ACROSS = 4096 };

static void *read_rows(void *unused) {
  (void)unused;
  uint32_t *pixels = malloc((size_t)ACROSS * SIDE * 4);
  for (;;) {
    pthread_mutex_lock(&lock);
    int64_t y = next_row;
    next_row += SIDE;
    pthread_mutex_unlock(&lock);
    if (y >= height) break;
    for (int64_t x = 0; x < width; x += ACROSS) {
      int64_t w = width - x < ACROSS ? width - x : ACROSS, h = height - y < SIDE ? height - y : SIDE;
      openslide_read_region(slide, pixels, x, y, 0, w, h);
    }
  }
  free(pixels);
  return NULL;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  slide = openslide_open(argv[1]);
  if (!slide || openslide_get_error(slide)) {
    fprintf(stderr, "cannot open %s\n", argv[1]);
    return 1;
  }
  openslide_get_level0_dimensions(slide, &width, &height);
  int threads = atoi(argv[2]);
  pthread_t id[64];
  for (int i = 0; i < threads && i < 64; i++) pthread_create(&id[i], NULL, read_rows, NULL);
  for (int i = 0; i < threads && i < 64; i++) pthread_join(id[i], NULL);
  const char *error = openslide_get_error(slide);
  if (error) fprintf(stderr, "%s\n", error);
  openslide_close(slide);
  return error != NULL;
}
