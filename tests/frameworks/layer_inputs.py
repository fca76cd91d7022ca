"""Random inputs of layers, small shapes of every rank that frameworks have."""


def draw(rule, dialect, rng, *, rank, options=True):
    """Return what a layer takes, by symbol; with its options or without them."""
    family, name = rule.split("/")
    if family == "normalizations":
        return _normalization(name, dialect, rng, rank, options)
    if name in ("cross_correlation", "convolution"):
        space = rng.integers(3, 6, rank - 2)
        return {"x": rng.normal(size=space), "w": rng.normal(size=rng.integers(1, space + 1))}
    return _convolution(name, dialect, rng, rank, options)


def _normalization(name, dialect, rng, rank, options):
    samples, groups, each, *space = rng.integers(2, 4, rank + 1)
    shape = (samples, groups * each, *space)
    x = rng.normal(size=shape) * 3 + 1
    parameters = {
        "batch_norm": shape[1:2],
        "instance_norm": shape[1:2],
        "group_norm": (groups,) if dialect == "group_affine" else shape[1:2],
    }
    symbols = {"x": x, "eps": 0.01}
    if name in ("layer_norm", "rms_norm"):
        symbols["axis"] = int(rng.integers(1, rank))
        parameters[name] = shape[-1:] if dialect == "feature" else shape[symbols["axis"] :]
    if name == "group_norm":
        symbols["groups"] = int(groups)
    if options:
        symbols["gamma"] = rng.normal(size=parameters[name])
    if options and name != "rms_norm":
        symbols["beta"] = rng.normal(size=parameters[name])
    if name == "batch_norm" or dialect in ("running", "inference"):
        symbols["running_mean"] = rng.normal(size=shape[1])
        symbols["running_var"] = rng.uniform(1, 2, shape[1])
        if dialect == "cumulative":
            symbols["t"] = 3
        elif dialect != "inference":
            symbols["momentum"] = 0.3
    return symbols


def _convolution(name, dialect, rng, rank, options):
    n = rank - 2
    samples, groups, ingoing, outgoing = rng.integers(1, 4, 4).tolist()
    kernel, space = rng.integers(1, 4, n), rng.integers(5, 7, n)
    channels = (groups * outgoing, ingoing)
    x = rng.normal(size=(samples, groups * ingoing, *space))
    if name == "conv_transpose":
        channels = (groups * ingoing, outgoing)
    stride = [1] * n if dialect == "same_upper" else rng.integers(1, 4, n).tolist()
    symbols = {
        "x": x,
        "w": rng.normal(size=(*channels, *kernel)),
        "stride": tuple(stride),
        "dilation": tuple(rng.integers(1, 3, n).tolist()),
        "groups": groups,
    }
    if dialect in ("zeros", "reflect", "replicate", "circular", "adjoint", "unflipped"):
        low, high = rng.integers(0, 3, (2, n)).tolist()
        high = low if rng.integers(2) else high
        if name == "conv_transpose":
            symbols["output_padding"] = tuple(rng.integers(0, stride).tolist())
        symbols["padding"] = tuple(zip(low, high, strict=True))
    if options:
        symbols["b"] = rng.normal(size=groups * outgoing)
    return symbols
