/* Equalization Loss and its gradient in one pass, by the algorithm of src/kernels/losses/simd/assembly/sigmoid.ts, in SSE
   intrinsics: what the WebAssembly module is measured against. With -DSOFTMAX, softmax cross entropy by that of softmax.ts.
   Reads "rows classes" and then, for each "run", answers with milliseconds per call. */
#include <immintrin.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static __m128 upper(__m128 v) { return _mm_movehl_ps(v, v); }

enum { BLOCK = 128 };
static const float CAP = 88.5f;

/* Writes eˣ = 2ᵏ · (eʳ − 1) + 2ᵏ of `count` capped classes, as its two summands. */
static void exponentials(const float *x, const float *caps, float *parts, float *powers, int count) {
  const __m128 magic = _mm_set1_ps(12582912.f + 127);
  for (int i = 0; i < count; i += 4) {
    const __m128 z = _mm_min_ps(_mm_loadu_ps(caps + i), _mm_loadu_ps(x + i));
    const __m128 bounded = _mm_max_ps(_mm_set1_ps(-88), z);
    const __m128 exponent = _mm_add_ps(_mm_mul_ps(bounded, _mm_set1_ps(1.44269504f)), magic);
    const __m128 k = _mm_sub_ps(exponent, magic);
    const __m128 high = _mm_sub_ps(bounded, _mm_mul_ps(k, _mm_set1_ps(0.693359375f)));
    _mm_storeu_ps(parts + i, _mm_sub_ps(high, _mm_mul_ps(k, _mm_set1_ps(-2.12194440e-4f))));
    _mm_storeu_ps(powers + i, _mm_castsi128_ps(_mm_slli_epi32(_mm_castps_si128(exponent), 23)));
  }
  for (int i = 0; i < count; i += 4) {
    const __m128 r = _mm_loadu_ps(parts + i), s = _mm_mul_ps(r, r);
    const __m128 u = _mm_add_ps(_mm_set1_ps(0.0416684f), _mm_mul_ps(r, _mm_set1_ps(0.00836885f)));
    const __m128 v = _mm_add_ps(_mm_set1_ps(0.5f), _mm_mul_ps(r, _mm_set1_ps(0.1666652f)));
    const __m128 w = _mm_add_ps(u, _mm_mul_ps(s, _mm_set1_ps(0.001381432f)));
    const __m128 t = _mm_add_ps(r, _mm_mul_ps(s, _mm_add_ps(v, _mm_mul_ps(s, w))));
    _mm_storeu_ps(parts + i, _mm_mul_ps(t, _mm_loadu_ps(powers + i)));
  }
}

#ifdef SOFTMAX
/* log Σ eˣ, and scale · eˣ / Σ eˣ in `out`; otherwise as below. */
static double row(const float *x, float *out, const float *caps, int classes, float scale) {
  __m128d sums = _mm_setzero_pd();
  float parts[BLOCK], powers[BLOCK];
  for (int j = 0; j < classes; j += BLOCK) {
    const int count = classes - j < BLOCK ? classes - j : BLOCK;
    exponentials(x + j, caps + j, parts, powers, count);
    for (int i = 0; i < count;) {
      const int stop = count < i + 32 ? count : i + 32;
      __m128 some = _mm_setzero_ps();
      for (; i < stop; i += 4) {
        const __m128 e = _mm_add_ps(_mm_loadu_ps(powers + i), _mm_loadu_ps(parts + i));
        some = _mm_add_ps(some, e);
        _mm_storeu_ps(out + j + i, e);
      }
      sums = _mm_add_pd(sums, _mm_add_pd(_mm_cvtps_pd(some), _mm_cvtps_pd(upper(some))));
    }
  }
  const double total = sums[0] + sums[1];
  const __m128 factor = _mm_set1_ps(scale / total);
  for (int j = 0; j < classes; j += 4) _mm_storeu_ps(out + j, _mm_mul_ps(_mm_loadu_ps(out + j), factor));
  return log(total);
}
#else
/* Σ log(1 + eˣ), and scale · σ(x) in `out`, of the classes with a cap above −∞; `classes` rounded up to four, with caps of
   −∞ behind the last one, and room for as many behind x and out. */
static double row(const float *x, float *out, const float *caps, int classes, float scale) {
  const __m128 one = _mm_set1_ps(1), factor = _mm_set1_ps(scale);
  const __m128d ones = _mm_set1_pd(1);
  __m128d product = ones, largest = ones, rests = _mm_setzero_pd();
  __m128i exponents = _mm_setzero_si128();
  float parts[BLOCK], powers[BLOCK];
  for (int j = 0; j < classes; j += BLOCK) {
    const int count = classes - j < BLOCK ? classes - j : BLOCK;
    exponentials(x + j, caps + j, parts, powers, count);
    __m128 rest = _mm_setzero_ps();
    for (int i = 0; i < count; i += 4) {
      const __m128 part = _mm_loadu_ps(parts + i), power = _mm_loadu_ps(powers + i);
      const __m128 sum = _mm_add_ps(_mm_add_ps(one, power), part);
      const __m128 inverse = _mm_div_ps(one, sum);
      const __m128 lost = _mm_add_ps(_mm_add_ps(_mm_sub_ps(one, sum), power), part);
      rest = _mm_add_ps(rest, _mm_mul_ps(lost, inverse));
      const __m128 sigma = _mm_mul_ps(_mm_add_ps(power, part), inverse);
      _mm_storeu_ps(out + j + i, _mm_mul_ps(sigma, factor));
      product = _mm_mul_pd(product, _mm_mul_pd(_mm_cvtps_pd(sum), _mm_cvtps_pd(upper(sum))));
    }
    rests = _mm_add_pd(rests, _mm_add_pd(_mm_cvtps_pd(rest), _mm_cvtps_pd(upper(rest))));
    largest = _mm_max_pd(largest, product);
    const __m128i bits = _mm_srli_epi64(_mm_castpd_si128(product), 52);
    exponents = _mm_add_epi64(exponents, _mm_sub_epi64(bits, _mm_set1_epi64x(1023)));
    const __m128d mantissa = _mm_castsi128_pd(_mm_set1_epi64x(0xfffffffffffffLL));
    product = _mm_or_pd(ones, _mm_and_pd(product, mantissa));
  }
  const double logs = log(product[0] * product[1]) + (exponents[0] + exponents[1]) * 0.6931471805599453;
  return largest[0] + largest[1] < INFINITY ? logs + rests[0] + rests[1] : INFINITY;
}
#endif

/* What nobody reads would not be computed. */
static volatile double sink;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec * 1e-6;
}

static double pass(float *z, float *out, float *caps, const float *every, const int *labels, int rows, int classes) {
  const int wide = (classes + 3) & ~3;
  const float scale = 1.f / rows;
  double sum = 0;
  /* The last of each row's vectors reaches into the next one, which comes later. */
  for (int r = 0; r < rows; ++r, z += classes, out += classes) {
    const int label = labels[r];
#ifdef SOFTMAX
    sum += row(z, out, every, wide, scale);
    if (label == classes) continue;
    sum -= z[label];
    out[label] -= scale;
#else
    if (label == classes) {
      sum += row(z, out, every, wide, scale);
      continue;
    }
    const float before = caps[label];
    caps[label] = CAP;
    z[label] = -z[label];
    sum += row(z, out, caps, wide, scale);
    caps[label] = before;
    z[label] = -z[label];
    out[label] = -out[label];
#endif
  }
  return sum;
}

int main(void) {
  char line[100];
  int rows, classes;
  float *z = 0, *out = 0, *caps = 0, *every = 0;
  int *labels = 0;
  setvbuf(stdout, NULL, _IONBF, 0);
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "%d %d", &rows, &classes) == 2) {
      const size_t size = (size_t)rows * classes + 4;
      free(z), free(out), free(caps), free(every), free(labels);
      z = malloc(4 * size), out = malloc(4 * size);
      caps = malloc(4 * (classes + 3)), every = malloc(4 * (classes + 3)), labels = malloc(4 * rows);
      for (size_t i = 0; i < size; ++i) z[i] = (rand() + (float)rand() - RAND_MAX) / RAND_MAX * 3;
      for (int j = 0; j < classes + 3; ++j) {
        every[j] = j < classes ? CAP : -INFINITY;
        caps[j] = j % 2 ? every[j] : -INFINITY;
      }
      for (int r = 0; r < rows; ++r) labels[r] = (r * 7919LL) % (classes + 1);
      sink = pass(z, out, caps, every, labels, rows, classes);
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
        sink = pass(z, out, caps, every, labels, rows, classes);
        ++calls;
        ms = now() - start;
      } while (ms < 50);
    }
    printf("%.6f\n", ms / calls);
  }
  return 0;
}
