"""What was run: the implementations, the releases, and what the run amounts to."""

from collections import Counter
from collections.abc import Iterator

from goldenrule.conformance.explain.words import code

from ..parts.tables import wide
from .run import COMMAND, STORE, Run

IMPLEMENTATIONS = {
    "numpy": "the embedded backend: every dialect in straightforward NumPy",
    "torch": "`torch.optim` with `foreach=False`; `torch.nn.functional`",
    "torch-foreach": "`torch.optim` with `foreach=True`",
    "torch-fused": "`torch.optim` with `fused=True`",
    "torch-modules": "`torch.nn` modules",
    "torch-channels_last": "`torch.nn.functional` of tensors whose channels are last in memory",
    "torch-onednn": "convolutions of half types by oneDNN",
    "torch-nnpack": "convolutions by NNPACK, which transforms images",
    "jax": "optax, `flax.linen`, `jax.scipy.signal`, without 64-bit types, as JAX starts",
    "jax-x64": "the same with 64-bit types",
    "jax-nnx": "the normalizations of `flax.nnx`",
    "jax-lax": "the convolutions of `jax.lax`",
    "jax-numpy": "`jax.numpy.convolve` and `jax.numpy.correlate`",
    "onnxruntime": "models of one operator, forward only",
}
"""What each backend drives."""
NAMES = {
    "goldenrule": "goldenrule",
    "python": "Python",
    "numpy": "NumPy",
    "torch": "PyTorch",
    "jax": "JAX",
    "jaxlib": "jaxlib",
    "flax": "Flax",
    "optax": "optax",
    "onnxruntime": "ONNX Runtime",
    "onnx": "onnx",
}


def about(run: Run) -> Iterator[str]:
    """Say when and with which releases, how, and how much."""
    made = run.run
    releases = ", ".join(f"{NAMES.get(name, name)} {x}" for name, x in made["releases"].items())
    system = f"{made['system']} on {made['machine']}"
    yield f"Run on {made['date']} with {releases}; {system}, on the processor (no GPU)."
    yield ""
    yield from ("```sh", COMMAND, STORE, "```", "")
    cases, properties = run.statuses, run.properties
    judged = cases["passed"] + sum(len(entry.deviations) for entry in run.entries)
    asked = properties.total() - properties["not applicable"]
    conform = sum(entry.verdict == "conforms" and not entry.deviations for entry in run.entries)
    checked = sum(1 for entry in run.entries if entry.judged)
    partly = sum(1 for entry in run.entries if entry.not_returned)
    yield (
        f"{checked:,} declarations, each of a rule, a dialect and a profile, were judged with "
        f"{judged:,} cases: {conform:,} conform in every one of them, {checked - conform:,} "
        f"deviate in {judged - cases['passed']:,} cases, all of them "
        f"[listed and explained](#deviations). Another {cases['not applicable']:,} cases were not "
        "asked: they have no numbers in the profile, or need what the implementation does not "
        f"offer. In {partly:,} declarations some output is not returned in some case, and not "
        f"judged there. Of {asked:,} properties of optimizer objects {properties['holds']:,} hold."
    )


def spread(run: Run) -> Iterator[str]:
    """Say how the errors of accepted cases are spread between 0 and the bound."""
    octaves: Counter[str] = Counter()
    for entry in run.entries:
        octaves.update(entry.octaves)
    half = octaves["0"] + octaves["1"]
    largest = max(entry.worst_error_over_bound for entry in run.entries)
    yield (
        f"Of {octaves.total():,} accepted cases {octaves['exact']:,} are exact, and {half:,} come "
        f"nearer to the bound than half of it; the worst of all is {largest:.5f} of its bound."
    )


def implementations(run: Run) -> Iterator[str]:
    """Give a row for every backend.

    Raises ValueError for one that is not described here.
    """
    backends = list(dict.fromkeys(entry.backend for entry in run.entries))
    if unknown := [backend for backend in backends if backend not in IMPLEMENTATIONS]:
        raise ValueError(f"the scoreboard does not say what {', '.join(unknown)} drives")
    rows = []
    for backend in backends:
        entries = [entry for entry in run.entries if entry.backend == backend]
        profiles = dict.fromkeys(entry.profile for entry in entries)
        judged = sum(entry.judged for entry in entries)
        deviating = sum(len(entry.deviations) for entry in entries)
        rows.append(
            (
                code(backend),
                IMPLEMENTATIONS[backend],
                " ".join(map(code, profiles)),
                f"{len(entries):,}",
                f"{judged:,}",
                f"{deviating} {{: .deviates }}" if deviating else "0 {: .conforms }",
            )
        )
    head = ("implementation", "what it drives", "profiles", "declarations", "cases", "deviate")
    yield from wide(head, rows)
