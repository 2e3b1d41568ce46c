/* The part of the runtime that the back end's tests need, in plain C. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PACK(SIZE)                                                                            \
    void lnp_pack_##SIZE(int64_t n, char *to, const char *from, int64_t stride) {             \
        for (int64_t i = 0; i < n; i++) memcpy(to + i * SIZE, from + i * stride, SIZE);       \
    }                                                                                         \
    void lnp_unpack_##SIZE(int64_t n, char *to, int64_t stride, const char *from) {           \
        for (int64_t i = 0; i < n; i++) memcpy(to + i * stride, from + i * SIZE, SIZE);       \
    }
PACK(1) PACK(4) PACK(8) PACK(16)

#define UNARY(OP, TY, SUFFIX, F)                                                              \
    TY lnp_s_##OP##_##SUFFIX(TY a) { return F(a); }                                           \
    void lnp_v_##OP##_##SUFFIX(int64_t n, TY *out, const TY *a) {                             \
        for (int64_t i = 0; i < n; i++) out[i] = F(a[i]);                                     \
    }
#define BINARY(OP, TY, SUFFIX, F)                                                             \
    TY lnp_s_##OP##_##SUFFIX(TY a, TY b) { return F(a, b); }                                  \
    void lnp_v_##OP##_##SUFFIX(int64_t n, TY *out, const TY *a, const TY *b) {                \
        for (int64_t i = 0; i < n; i++) out[i] = F(a[i], b[i]);                               \
    }

static double mod(double a, double b) {
    double r = fmod(a, b);
    if (!b) return r;
    if (r) return (b < 0) != (r < 0) ? r + b : r;
    return copysign(0, b);
}
static int64_t ipow(int64_t a, int64_t b) {
    uint64_t r = 1;
    for (int64_t i = 0; i < b; i++) r *= (uint64_t)a;
    return (int64_t)r;
}
UNARY(exp, double, f64, exp)
UNARY(sin, double, f64, sin)
UNARY(exp, float, f32, expf)
BINARY(pow, double, f64, pow)
BINARY(mod, double, f64, mod)
BINARY(fmod, double, f64, fmod)
BINARY(pow, int64_t, i64, ipow)

double lnp_s_truediv_i64(int64_t a, int64_t b) { return (double)((long double)a / (long double)b); }

/* Host programs: everything is written down in `lnp_log`. */
uint8_t lnp_pending;
char lnp_log[1 << 20];

static void note(const char *text, size_t len) { strncat(lnp_log, text, len); }

struct str { uint64_t count; uint8_t kind; uint64_t len, n_chars; const char *data; };

void lnp_raise(int64_t kind, const struct str *message) {
    char head[32];
    note(head, snprintf(head, sizeof head, "raise %ld: ", (long)kind));
    note(message->data, message->len);
    note("\n", 1);
    lnp_pending = 1;
}
void lnp_traceback_frame(const char *name, int64_t line) {
    char text[256];
    note(text, snprintf(text, sizeof text, "frame %s:%ld\n", name, (long)line));
}
void lnp_print(const struct str *s) { note(s->data, s->len); }
static struct str *make(const char *text) {
    struct str *s = malloc(sizeof *s);
    *s = (struct str){1, 1, strlen(text), strlen(text), strdup(text)};
    return s;
}
struct str *lnp_str_from_i64(int64_t v) { char t[64]; snprintf(t, sizeof t, "%ld ", (long)v); return make(t); }
struct str *lnp_str_from_f64(double v) { char t[64]; snprintf(t, sizeof t, "%.17g ", v); return make(t); }
struct str *lnp_str_from_bool(uint8_t v) { return make(v ? "True " : "False "); }
struct str *lnp_str_from_c128(double re, double im) {
    char t[128]; snprintf(t, sizeof t, "(%.17g%+.17gj) ", re, im); return make(t);
}
void lnp_release(void *p) { note("release\n", 8); }
void lnp_retain(void *p) { note("retain\n", 7); }
/* An "array" is its specification, so that a test sees what was passed. */
void *lnp_view(const char *base, const int64_t *spec) {
    char text[512]; int at = snprintf(text, sizeof text, "view");
    for (int64_t i = 0; i < spec[0]; i++) at += snprintf(text + at, sizeof text - at, " %ld", (long)spec[i + 1]);
    text[at++] = '\n';
    note(text, at);
    return (void *)base;
}
struct desc { void *entry; const char *name; uint32_t ndim, n_inputs, n_outputs, n_scalar_slots;
    const uint8_t *dtypes, *ndims;
    const struct check { const uint64_t *groups; uint64_t n_groups, line; } *checks;
    uint64_t n_checks, cost, tile, on_gpu; };
struct site { const struct desc *desc; const int64_t *views; void *plan; };
static void describe(const char *how, const struct site *site, const int64_t *in, const int64_t *bounds,
                     const int64_t *scalars) {
    const struct desc *d = site->desc;
    char text[1024];
    int at = snprintf(text, sizeof text, "%s %s ndim %u in %u out %u slots %u/%ld arrays %ld gpu %lu", how, d->name,
        d->ndim, d->n_inputs, d->n_outputs, d->n_scalar_slots, (long)scalars[0], (long)in[0], (unsigned long)d->on_gpu);
    for (uint32_t i = 0; i < d->n_inputs + d->n_outputs; i++) at += snprintf(text + at, sizeof text - at, " d%u", d->dtypes[i]);
    for (uint64_t i = 0; i < d->n_checks; i++) {
        at += snprintf(text + at, sizeof text - at, " check@%lu", (unsigned long)d->checks[i].line);
        for (uint64_t g = 0; g < d->checks[i].n_groups; g++)
            at += snprintf(text + at, sizeof text - at, ",%lu", (unsigned long)d->checks[i].groups[g]);
    }
    const int64_t *v = site->views;
    for (int64_t n = v ? *v++ : 0; n > 0; n--) {
        at += snprintf(text + at, sizeof text - at, " view %ld@%ld", (long)v[0], (long)v[1]);
        int64_t items = v[2];
        v += 3;
        for (int64_t k = 0; k < 4 * items; k++) at += snprintf(text + at, sizeof text - at, ",%ld", (long)*v++);
    }
    for (int64_t i = 0; i < bounds[0]; i++) at += snprintf(text + at, sizeof text - at, " bound %ld", (long)bounds[i + 1]);
    text[at++] = '\n';
    note(text, at);
}
void lnp_launch_fresh(const struct site *s, const int64_t *in, const int64_t *bounds, const int64_t *scalars, int64_t *outs) {
    describe("fresh", s, in, bounds, scalars);
    for (int64_t i = 0; i < outs[0]; i++) outs[i + 1] = 7000 + i;
}
void lnp_launch_into(const struct site *s, const int64_t *in, const int64_t *bounds, const int64_t *scalars, uint8_t in_place) {
    describe(in_place ? "in-place" : "into", s, in, bounds, scalars);
}
void *lnp_launch_reduce(const struct site *s, const int64_t *in, const int64_t *bounds, const int64_t *scalars,
                        int64_t op, int64_t axes, uint8_t keep) {
    char text[64];
    describe("reduce", s, in, bounds, scalars);
    note(text, snprintf(text, sizeof text, "op %ld axes %ld keep %d\n", (long)op, (long)axes, keep));
    return 0;
}
static struct { char head[SHAPE_OFFSET]; int64_t shape[8]; } some_array = {{0}, {11, 22}};
void *lnp_array_empty(int64_t dtype, const int64_t *shape) { return &some_array; }
