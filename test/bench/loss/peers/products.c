// The matrix products of a dense 1024 → 1230 step with a batch of 512, as src/kernels/wasm/simd computes them: tiles of four
// rows and two vectors, A and B packed. What a compiler makes of it at a width of vectors, by -DLANES=4 and -DLANES=16.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef float vector __attribute__((vector_size(4 * LANES), aligned(4)));
enum { COLUMNS = 2 * LANES, DEPTH = 256, ROWS = 64 };

static void tile(const float *a, const float *b, int depth, float *c, int row, int columns, int add) {
  vector sums[4][2] = {0};
  for (int k = 0; k < depth; ++k, a += 4, b += COLUMNS) {
    const vector low = *(const vector *)b, high = *(const vector *)(b + LANES);
    for (int i = 0; i < 4; ++i) {
      sums[i][0] += a[i] * low;
      sums[i][1] += a[i] * high;
    }
  }
  for (int i = 0; i < 4; ++i) {
    float *out = c + (long)i * row;
    for (int j = 0; j < columns && j < COLUMNS; ++j) {
      const float sum = sums[i][j / LANES][j % LANES];
      out[j] = add ? out[j] + sum : sum;
    }
  }
}

// C [rows, columns] = A · B, both by their strides. Rows are a multiple of four here.
static void multiply(const float *a, int aRow, int aStep, const float *b, int bStep, int bColumn, float *c, int rows,
                     int depth, int columns, float *panels, float *packed) {
  for (int j = 0; j < columns; j += COLUMNS)
    for (int k = 0; k < depth; ++k)
      for (int l = 0; l < COLUMNS; ++l)
        panels[(long)j * depth + k * COLUMNS + l] = j + l < columns ? b[(long)k * bStep + (long)(j + l) * bColumn] : 0;
  for (int k = 0; k < depth; k += DEPTH) {
    const int deep = depth - k < DEPTH ? depth - k : DEPTH;
    for (int block = 0; block < rows; block += ROWS) {
      const int count = rows - block < ROWS ? rows - block : ROWS;
      for (int i = 0; i < count; ++i)
        for (int d = 0; d < deep; ++d)
          packed[(i / 4) * 4 * deep + d * 4 + i % 4] = a[(long)(block + i) * aRow + (long)(k + d) * aStep];
      for (int j = 0; j < columns; j += COLUMNS)
        for (int i = 0; i < count; i += 4)
          tile(packed + i * deep, panels + (long)j * depth + k * COLUMNS, deep, c + (long)(block + i) * columns + j,
               columns, columns - j, k > 0);
    }
  }
}

static double cpu_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static float *numbers(long count) {
  float *values = malloc(4 * count);
  for (long i = 0; i < count; ++i) values[i] = (float)((i * 7919) % 1000) / 1000 - 0.5f;
  return values;
}

int main(void) {
  enum { BATCH = 512, INPUTS = 1024, UNITS = 1230 };
  float *x = numbers((long)BATCH * INPUTS), *w = numbers((long)INPUTS * UNITS), *dy = numbers((long)BATCH * UNITS);
  float *y = numbers((long)BATCH * UNITS), *dx = numbers((long)BATCH * INPUTS), *dw = numbers((long)INPUTS * UNITS);
  float *panels = numbers((long)2 * INPUTS * UNITS), *packed = numbers(DEPTH * ROWS);
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    if (strncmp(line, "run", 3)) {
      puts("ready");
    } else {
      const double start = cpu_ms();
      multiply(x, INPUTS, 1, w, UNITS, 1, y, BATCH, INPUTS, UNITS, panels, packed);
      multiply(dy, UNITS, 1, w, 1, UNITS, dx, BATCH, UNITS, INPUTS, panels, packed);
      multiply(x, 1, INPUTS, dy, UNITS, 1, dw, INPUTS, BATCH, UNITS, panels, packed);
      printf("%f\n", cpu_ms() - start);
    }
    fflush(stdout);
  }
  return 0;
}
