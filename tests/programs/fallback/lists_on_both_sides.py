# Lists that compiled code and CPython both hold stay one list.
d = {}
def mk(): return [1]
p = mk(); d["p"] = p; p.append(5); print(d)
a=[1]; b=a if len(a) else []; d["b"]=b; a.append(2); print(d)
p="a b".split(); d["p"]=p; p.append("c"); print(d)
g=[[1],[2]]; d["a"]=g[0]; g[0].append(4); print(d)
g=[[0]*2]*3; d["g"]=g; d["g"][0][0]=1; print(g)
a=[1,2]; b=[a,a]; d["b"]=b; a.append(3); print(d)
t=([1],2); d["t"]=t; d["t"][0].append(6); print(t)
def f(): return [1], [2]
a,b = f(); d["a"]=a; d["b"]=b; a.append(3); b.append(4); print(d)
x=[[0]*2]*3; d["x"]=x; print(x[0] is x[2])
