"""The vocabulary of layers: every tensor, size, index and attribute, with its LaTeX.

A tensor with indices is an `IndexedBase`; `x[i]` is one element. A plain symbol is one number:
of a group, of the whole layer, or, where it is an integer of a convolution, of one axis. Tensors
that a layer updates have two symbols, as in `spec.symbols`, whose tables hold these symbols too.

Normalizations number the n elements of a group by i, the m elements that share a parameter by j,
and the N groups that share running statistics by s, from 1. Convolutions count from 0.
"""

from sympy import Expr, IndexedBase, Interval, Symbol

from ..symbols import DOMAIN, LATEX, MEANING, OLD, eps, t

TENSORS: dict[str, Expr] = {}
"""Tensors that a caller may give, by name, in the order in which signatures list them."""
GRADIENTS: dict[str, Expr] = {}
"""The gradients that backward passes give, by name, in the order of results."""
BATCH: set[str] = set()
"""Names of the numbers of which there is one for each running statistic."""
GROUP: set[str] = set()
"""Names of the numbers of which there is one for each group of elements."""
INTEGERS: set[Symbol] = set()
"""Sizes, indices and attributes."""
PER_AXIS: set[Symbol] = set()
"""The integers that have a value on each spatial axis."""
ATTRIBUTES: dict[str, str] = {}
"""What each integer argument of a layer means."""
INDEX = "index"
"""The meaning of an index whose range the equation itself shows."""


def _indexed(name: str, tex: str, meaning: str) -> IndexedBase:
    """Make a tensor with indices."""
    base = IndexedBase(name, real=True)
    LATEX[base], MEANING[base] = tex, meaning
    return base


def _given(name: str, tex: str, meaning: str) -> IndexedBase:
    """Make a tensor with indices that a caller gives."""
    TENSORS[name] = _indexed(name, tex, meaning)
    return TENSORS[name]


def _gradient(name: str, tex: str, meaning: str) -> IndexedBase:
    """Make a gradient with indices."""
    GRADIENTS[name] = _indexed(name, tex, meaning)
    return GRADIENTS[name]


def _number(name: str, tex: str, meaning: str, **domain: bool) -> Symbol:
    """Make one real number."""
    symbol = Symbol(name, **(domain or {"real": True}))
    LATEX[symbol], MEANING[symbol] = tex, meaning
    return symbol


def _of_group(name: str, tex: str, meaning: str, **domain: bool) -> Symbol:
    """Make a number that every group of elements has its own of."""
    GROUP.add(name)
    return _number(name, tex, meaning, **domain)


def _statistic(name: str, tex: str, meaning: str, **domain: bool) -> tuple[Symbol, Symbol]:
    """Make a running statistic: its value before the batch and after it."""
    before = _number(name, tex, meaning, **domain)
    after = _number(f"{name}_t", f"{tex}_t", meaning, **domain)
    OLD[after], TENSORS[name] = before, before
    BATCH.update((before.name, after.name))
    return before, after


def _integer(
    name: str, tex: str, meaning: str, *, per_axis: bool = False, **domain: bool
) -> Symbol:
    """Make an integer; one that may be any integer says no more to SymPy."""
    symbol = Symbol(name, integer=True, **domain)
    LATEX[symbol], MEANING[symbol] = tex, meaning
    INTEGERS.add(symbol)
    if per_axis:
        PER_AXIS.add(symbol)
    return symbol


def _attribute(name: str, tex: str, meaning: str, *, per_axis: bool = False) -> Symbol:
    """Make an integer argument."""
    ATTRIBUTES[name] = meaning
    return _integer(name, tex, meaning, per_axis=per_axis)


# GIVEN TENSORS
dy = _given("dy", "dy", "gradient with respect to y")
x = _given("x", "x", "input")
w = _given("w", "w", "kernel")
running_mean, running_mean_t = _statistic("running_mean", r"\bar{\mu}", "running mean")
running_var, running_var_t = _statistic(
    "running_var", r"\bar{v}", "running variance", nonnegative=True
)
gamma = _given("gamma", r"\gamma", "scale")
beta = _given("beta", r"\beta", "shift")
b = _given("b", "b", "bias")

# RESULTS
y = _indexed("y", "y", "output")
dx = _gradient("dx", "dx", "gradient with respect to x")
dw = _gradient("dw", "dw", "gradient with respect to w")
db = _gradient("db", "db", "gradient with respect to b")
dgamma = _number("dgamma", r"d\gamma", "gradient with respect to one element of gamma")
dbeta = _number("dbeta", r"d\beta", "gradient with respect to one element of beta")
GRADIENTS.update(dgamma=dgamma, dbeta=dbeta)

# OF A GROUP
mu = _of_group("mu", r"\mu", "mean of the group")
sigma2 = _of_group("sigma2", r"\sigma^2", "biased variance of the group", nonnegative=True)
mean_square = _of_group("mean_square", "q", "mean of the squares of the group", nonnegative=True)
r = _of_group("r", "r", "reciprocal of the deviation", positive=True)
xhat = _indexed("xhat", r"\hat{x}", "normalized input")
g = _indexed("g", "g", "gradient with respect to the normalized input")
mean_g = _of_group("mean_g", r"\bar{g}", "mean of g over the group")
mean_gx = _of_group("mean_gx", "p", "mean of g times the normalized input over the group")
n = _integer("n", "n", "count of the elements of a group", positive=True)
m = _integer("m", "m", "count of the elements that share a parameter", positive=True)
N = _integer("N", "N", "count of the samples", positive=True)

mu_of = _indexed("mu", LATEX[mu], "mean of each sample")
sigma2_of = _indexed("sigma2", LATEX[sigma2], "biased variance of each sample")

# HYPER-PARAMETERS
momentum = _number("momentum", r"\tau", "momentum of the running statistics", nonnegative=True)
DOMAIN[momentum] = Interval(0, 1)
SCALARS = (momentum, eps)

# INDICES
i = _integer("i", "i", INDEX, per_axis=True)
j = _integer("j", "j", INDEX, per_axis=True)
k = _integer("k", "k", INDEX, per_axis=True)
s = _integer("s", "s", INDEX)
o = _integer("o", "o", INDEX)
c = _integer("c", "c", INDEX)

# SIZES OF A CONVOLUTION
C = _integer("C", "C", "count of the input channels")
O = _integer("O", "O", "count of the output channels")
D = _integer("D", "D", "count of the output channels of a group")
L = _integer("L", "L", "length of x along an axis", per_axis=True)
K = _integer("K", "K", "length of the kernel along an axis", per_axis=True)
M = _integer("M", "M", "length of y along an axis", per_axis=True)
total = _integer("total", "p", "padding at both ends together", per_axis=True)
xe = _indexed("xe", r"\tilde{x}", "x, extended beyond its ends or spread out")
dye = _indexed("dye", r"\tilde{dy}", "dy, extended beyond its ends or spread out")
dxe = _indexed("dxe", r"d\tilde{x}", "gradient with respect to the extended x")

# ATTRIBUTES
axis = _attribute("axis", "a", "first axis of a group")
groups = _attribute("groups", "G", "count of the groups of channels")
stride = _attribute("stride", r"\sigma", "step from one window to the next", per_axis=True)
dilation = _attribute("dilation", r"\delta", "step between the elements of a window", per_axis=True)
lo = _integer("lo", r"p_0", "padding before the first element", per_axis=True)
hi = _integer("hi", r"p_1", "padding after the last element", per_axis=True)
ATTRIBUTES["padding"] = "(before, after) on every axis"
output_padding = _attribute("output_padding", "e", "elements added at the end of y", per_axis=True)

WHOLE = tuple(symbol.name for symbol in (*SCALARS, t))
"""Names of the numbers of which there is one for the whole layer."""
VALUES = {**TENSORS, **{s.name: s for s in SCALARS}, t.name: t}
"""All that a layer may be given, apart from integers, by name."""


def before(name: str) -> str:
    """Name a tensor by the symbol it has before the step: what was running_mean_t is running_mean.

    >>> before("running_mean_t"), before("y")
    ('running_mean', 'y')
    """
    return _BEFORE.get(name, name)


_BEFORE = {after.name: old.name for after, old in OLD.items()}
