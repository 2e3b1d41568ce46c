counts = {}
for word in "a b a".split():
    counts[word] = counts.get(word, 0) + 1
print(counts)
