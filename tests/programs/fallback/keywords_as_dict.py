# `**kw` as the dict that it is: changed, iterated, passed on.
def f(**kw):
    print(len(kw), sorted(kw), list(kw))
    for k in kw:
        print(k, kw[k])
    for k, v in sorted(kw.items()):
        print(k, v)
    kw["new"] = 3
    kw.setdefault("z", 1)
    print(kw)
    return dict(kw, q=1)
print(f(a=1, b=2.5))
def g(**opts):
    n = opts.pop("n", 3)
    opts.update(m=4)
    print(n, opts)
    if "k" in opts:
        del opts["k"]
    print(opts, bool(opts), opts == {"m": 4})
    return {k: v for k, v in opts.items()}
print(g(k=1, n=2))
def h(*args, **kw):
    for a, (k, v) in zip(args, kw.items()):
        print(a, k, v)
    print(sum(kw.values()), max(kw, key=kw.get), [k for k in kw], tuple(kw), set(kw) == {"a", "b"})
    print(*kw)
    print("%(a)s" % kw, "{a}".format(**kw), f"{kw['a']}")
    x, y = kw
    print(x, y)
h(1, 2, a=3, b=4)
