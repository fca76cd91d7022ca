"""Golden outputs of a case: certified digits, and what each profile accepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from goldenrule.reference.bounds import trajectory_bounds
from goldenrule.reference.catalogue import Function
from goldenrule.reference.certify import BITS, certify
from goldenrule.reference.contexts.ieee import IeeeContext
from goldenrule.reference.contexts.numbers import MpNumbers, to_dyadic
from goldenrule.reference.profile import Profile
from goldenrule.reference.rounding import FORMATS, Dyadic, Format
from goldenrule.reference.run import Problem, run

from ..cases.case import Case
from ..files.hex_float import render
from .interval import three_digits, within

Document = dict[str, Any]
_NUMBERS = MpNumbers(BITS)
_ZEROS = ("+0", "-0")


class GoldenError(ValueError):
    """A case that cannot be made golden, with the case and the reason in one line."""


def profiles_of(case: Case, names: Sequence[str]) -> list[Profile]:
    """Choose the profiles whose format holds every given tensor of a case.

    Half types are for single steps; on longer runs their bounds would soon say nothing. Fast
    convolutions spread NaN and infinities: they are for cases without. A variance in one pass is
    not 0 where it should be: it is not asked what comes of dividing by one.
    """
    profiles = [Profile.parse(name) for name in names]
    return [
        profile
        for profile in profiles
        if _holds(profile.storage, case.problem)
        and not (profile.is_half and _is_run(case))
        and not ("winograd" in profile.modifiers and case.outcomes)
        and not ("onepass" in profile.modifiers and {"constant", "no-eps"} <= {*case.flags})
    ]


def expectations(
    forms: Sequence[Function], case: Case, profiles: Sequence[Profile]
) -> list[Document]:
    """Compute what stands under `expected` for every step: output -> tensor document.

    Raises GoldenError if the table of special outcomes is wrong, CertificationError if a digit
    stays uncertain.
    """
    check_outcomes(forms, case)
    problem = case.problem.finite()  # the table of outcomes answers for what is not
    exact = certify(forms[0], problem, _not_finite(case))
    values = [{name: _values(x) for name, x in step.items()} for step in exact]
    bounds = trajectory_bounds(forms, problem, values, profiles, _NUMBERS)
    return [
        {
            name: _tensor(
                dyadics,
                case.outcomes.get(name, "").split(),
                {p: of_step[i][name] for i, p in enumerate(profiles)},
                f"case {case.id}, output {name}",
                "range" in case.flags,
            )
            for name, dyadics in step.items()
        }
        for step, of_step in zip(exact, bounds, strict=True)
    ]


def check_outcomes(forms: Sequence[Function], case: Case) -> None:
    """Hold the table of special outcomes against float64 hardware, in every form.

    A form that only some profiles admit may lose an element that is finite.

    Raises GoldenError, naming case, form, output and element.
    """
    if _is_run(case):
        return
    for form in forms:
        with np.errstate(all="ignore"):
            (outputs,) = run(form, IeeeContext(), case.problem)
        for name, values in outputs.items():
            words = case.outcomes.get(name, "").split() or ["."] * values.size
            for i, (word, value) in enumerate(zip(words, values.flat, strict=True)):
                lost = hasattr(form, "profile") and word == "."  # its bound is infinite there
                found = _word(value, signed=word in _ZEROS)
                if word != found and not lost:
                    raise GoldenError(
                        f"case {case.id}: {name}[{i}] is {found} in form "
                        f"{form.__name__}, its table of outcomes says {word}"
                    )


def _is_run(case: Case) -> bool:
    return case.problem.objective is not None or len(case.problem.steps) > 1


def _not_finite(case: Case) -> list[tuple[int, str, int]]:
    return [
        (0, name, i)
        for name, words in case.outcomes.items()
        for i, word in enumerate(words.split())
        if word != "." and word not in _ZEROS  # zeros are certified as any other number
    ]


def _word(value: float, *, signed: bool) -> str:
    if value == 0 and signed:
        return "-0" if np.signbit(value) else "+0"
    if np.isfinite(value):
        return "."
    return "nan" if np.isnan(value) else "+inf" if value > 0 else "-inf"


def _holds(target: Format, problem: Problem) -> bool:
    tensors = problem.tensors
    if problem.objective is not None:
        tensors += [problem.objective.A, problem.objective.b]
    numbers = np.concatenate([tensor.ravel() for tensor in tensors])
    return all(target.is_exact(*to_dyadic(x)) for x in numbers[np.isfinite(numbers)])


def _values(dyadics: np.ndarray) -> np.ndarray:
    values = [_NUMBERS.dyadic(*x) for x in dyadics.flat]
    return np.array(values, dtype=object).reshape(dyadics.shape)


def _tensor(
    exact: np.ndarray,
    words: Sequence[str],
    bounds: Mapping[Profile, Any],
    where: str,
    beyond: bool,
) -> Document:
    """The document of an output; `beyond` the range little is promised."""
    numbers: list[Dyadic] = list(exact.flat)
    words = words or ["."] * len(numbers)
    for i, (x, word) in enumerate(zip(numbers, words, strict=True)):
        if word in _ZEROS and x[0]:
            raise GoldenError(f"{where}[{i}] is not 0, its table of outcomes says {word}")
    tokens = [
        render(*x) if word == "." or word in _ZEROS else word
        for x, word in zip(numbers, words, strict=True)
    ]
    accept: Document = {}
    for profile, errors in bounds.items():
        elements = [
            _accept(x, promised(x, error, beyond, profile), profile.storage, where)
            if word == "."
            else (word, word, "0")
            for x, error, word in zip(numbers, errors.flat, words, strict=True)
        ]
        lows, highs, sizes = (" ".join(element[i] for element in elements) for i in range(3))
        entry = {"lo": lows, "hi": highs, "bound": sizes}
        same = next((name for name, other in accept.items() if other == entry), None)
        accept[profile.name] = {"same_as": same} if same else entry
    return {"shape": list(exact.shape), "exact": " ".join(tokens), "accept": accept}


def promised(exact: Dyadic, bound: Any, beyond: bool, profile: Profile) -> Any:
    """The bound; a case beyond the range, which is float32's, is judged in float64 alone.

    There, too, a bound that is not below the number itself judges nothing.
    """
    if not beyond:
        return bound
    vacuous = bound and bound >= abs(_NUMBERS.dyadic(*exact))
    unsafe = vacuous or profile.working is not FORMATS["float64"]
    return _NUMBERS.infinity if unsafe else bound


def _accept(exact: Dyadic, bound: Any, target: Format, where: str) -> tuple[str, str, str]:
    """The closed interval of a format's numbers within the bound, its ends rounded inward."""
    if bound == _NUMBERS.infinity:
        return "unjudged", "unjudged", "inf"
    reach = to_dyadic(bound) if bound else (0, 0)
    ends = within(exact, reach, target)
    if ends is None:
        raise GoldenError(f"{where}: no number of {target.name} lies within the bound")
    low, high = (f"{end:0{target.width // 4}x}" for end in ends)
    return low, high, three_digits(reach)
