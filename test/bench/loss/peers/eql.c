/* Equalization Loss and its gradient in one pass, by the algorithm of src/kernels/simd/assembly/sigmoid.ts, in SSE
   intrinsics: what the WebAssembly module is measured against. Reads "rows classes" and then, for each "run", answers
   with milliseconds per call. */
#include <immintrin.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static __m128 upper(__m128 v) { return _mm_movehl_ps(v, v); }

static double scalar(float x, float *slope) {
  const double e = exp(-fabs(x));
  *slope = (float)(x >= 0 ? 1 / (1 + e) : e / (1 + e));
  return fmax(x, 0) + log1p(e);
}

/* kept: −1 where a class counts, else 0. */
static double row(const float *x, float *out, const int *kept, int classes) {
  const __m128 one = _mm_set1_ps(1), zero = _mm_setzero_ps();
  const __m128d ones = _mm_set1_pd(1);
  __m128d tops = _mm_setzero_pd();
  __m128 rests = zero;
  double logs = 0;
  int j = 0;
  const int wide = classes & ~3;
  while (j < wide) {
    __m128d product = ones;
    const int end = j + 1020 < wide ? j + 1020 : wide;
    for (; j < end; j += 4) {
      const __m128 z = _mm_loadu_ps(x + j);
      const __m128 minus = _mm_max_ps(_mm_or_ps(z, _mm_set1_ps(-0.f)), _mm_set1_ps(-88));
      const __m128 magic = _mm_set1_ps(12582912.f + 127);
      const __m128 exponent = _mm_add_ps(_mm_mul_ps(minus, _mm_set1_ps(1.44269504f)), magic);
      const __m128 power = _mm_castsi128_ps(_mm_slli_epi32(_mm_castps_si128(exponent), 23));
      const __m128 k = _mm_sub_ps(exponent, magic);
      const __m128 high = _mm_sub_ps(minus, _mm_mul_ps(k, _mm_set1_ps(0.693359375f)));
      const __m128 r = _mm_sub_ps(high, _mm_mul_ps(k, _mm_set1_ps(-2.12194440e-4f)));
      const __m128 s = _mm_mul_ps(r, r);
      const __m128 u = _mm_add_ps(_mm_set1_ps(0.0416684f), _mm_mul_ps(r, _mm_set1_ps(0.00836885f)));
      const __m128 v = _mm_add_ps(_mm_set1_ps(0.5f), _mm_mul_ps(r, _mm_set1_ps(0.1666652f)));
      const __m128 q = _mm_add_ps(v, _mm_mul_ps(s, _mm_add_ps(u, _mm_mul_ps(s, _mm_set1_ps(0.001381432f)))));
      const __m128 t = _mm_add_ps(r, _mm_mul_ps(s, q));
      const __m128 head = _mm_add_ps(one, t);
      const __m128 e = _mm_mul_ps(head, power);
      const __m128 inverse = _mm_div_ps(one, _mm_add_ps(one, e));
      const __m128 rest = _mm_mul_ps(_mm_mul_ps(_mm_sub_ps(t, _mm_sub_ps(head, one)), power), inverse);
      const __m128 counted = _mm_or_ps(_mm_loadu_ps((const float *)kept + j), _mm_cmpunord_ps(z, z));
      const __m128 top = _mm_and_ps(_mm_max_ps(z, zero), counted);
      tops = _mm_add_pd(tops, _mm_add_pd(_mm_cvtps_pd(top), _mm_cvtps_pd(upper(top))));
      const __m128 f = _mm_and_ps(e, counted);
      const __m128d low = _mm_add_pd(ones, _mm_cvtps_pd(f)), up = _mm_add_pd(ones, _mm_cvtps_pd(upper(f)));
      product = _mm_mul_pd(product, _mm_mul_pd(low, up));
      rests = _mm_add_ps(rests, _mm_and_ps(rest, counted));
      const __m128 sigma = _mm_blendv_ps(inverse, _mm_mul_ps(e, inverse), z);
      _mm_storeu_ps(out + j, _mm_and_ps(sigma, counted));
    }
    logs += log(product[0] * product[1]);
  }
  for (; j < classes; ++j) {
    out[j] = 0;
    if (kept[j]) logs += scalar(x[j], out + j);
  }
  return tops[0] + tops[1] + logs + rests[0] + rests[1] + rests[2] + rests[3];
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec * 1e-6;
}

static double pass(float *z, float *out, int *kept, const int *every, const int *labels, int rows, int classes) {
  double sum = 0;
  for (int r = 0; r < rows; ++r, z += classes, out += classes) {
    const int label = labels[r];
    if (label == classes) {
      sum += row(z, out, every, classes);
      continue;
    }
    const int before = kept[label];
    kept[label] = -1;
    z[label] = -z[label];
    sum += row(z, out, kept, classes);
    kept[label] = before;
    z[label] = -z[label];
    out[label] = -out[label];
  }
  return sum;
}

int main(void) {
  char line[100];
  int rows, classes;
  float *z = 0, *out = 0;
  int *kept = 0, *every = 0, *labels = 0;
  setvbuf(stdout, NULL, _IONBF, 0);
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "%d %d", &rows, &classes) == 2) {
      const size_t size = (size_t)rows * classes;
      free(z), free(out), free(kept), free(every), free(labels);
      z = malloc(4 * size), out = malloc(4 * size);
      kept = malloc(4 * classes), every = malloc(4 * classes), labels = malloc(4 * rows);
      for (size_t i = 0; i < size; ++i) z[i] = (rand() + (float)rand() - RAND_MAX) / RAND_MAX * 3;
      for (int j = 0; j < classes; ++j) kept[j] = j % 2 - 1, every[j] = -1;
      for (int r = 0; r < rows; ++r) labels[r] = (r * 7919LL) % (classes + 1);
      pass(z, out, kept, every, labels, rows, classes);
      puts("ready");
      continue;
    }
    double ms = 0;
    int calls = 0;
    /* Once to warm up, once to be timed. */
    for (int timed = 0; timed < 2; ++timed) {
      const double start = now();
      calls = 0;
      do {
        pass(z, out, kept, every, labels, rows, classes);
        /* The upstream gradient, 1 / rows, as training has it. */
        for (size_t i = 0, size = (size_t)rows * classes; i < size; ++i) out[i] *= 1.f / rows;
        ++calls;
        ms = now() - start;
      } while (ms < 20);
    }
    printf("%.6f\n", ms / calls);
  }
  return 0;
}
