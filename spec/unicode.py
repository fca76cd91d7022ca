"""Unicode for LaTeX: symbols, and the formulas that stand in sentences between dollar signs."""

import re

WORDS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "eta": "η", "kappa": "κ", "lambda": "λ",
    "mu": "μ", "rho": "ρ", "sigma": "σ", "tau": "τ", "theta": "θ", "varepsilon": "ε", "nabla": "∇",
    "sum": "Σ", "int": "∫", "Delta": "Δ", "star": "⋆", "langle": "⟨", "rangle": "⟩", "equiv": "≡",
    "ln": "ln", "max": "max", "infty": "∞", "dots": "…", "cdot": "·", "pm": "±", "leftarrow": "←",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "to": "→", "le": "≤", "ge": "≥",
    "ne": "≠", "approx": "≈",
}  # fmt: skip
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}
LOW = dict(zip("0123456789-+tkni", "₀₁₂₃₄₅₆₇₈₉₋₊ₜₖₙᵢ", strict=True))
HIGH = dict(zip("0123456789-+tknmax", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵗᵏⁿᵐᵃˣ", strict=True))
GROUP = r"(?:\{([^{}]*)\}|([^\\\s{}(]))"


def plain(sentence: str) -> str:
    r"""Write the formulas between dollar signs in Unicode.

    Raises ValueError for a LaTeX command that is not known here.

    >>> plain(r"$\hat{m}_t$ is $m_t / (1 - \beta_1^t)$, and $\frac{1}{\sqrt{v+\varepsilon}} \le 1$")
    'm̂ₜ is mₜ / (1 - β₁ᵗ), and 1/√(v+ε) ≤ 1'
    """
    return re.sub(r"\$([^$]*)\$", lambda formula: unicode(formula[1]), sentence)


def unicode(formula: str) -> str:
    r"""Write one formula in Unicode, from the innermost braces outwards.

    >>> unicode(r"\beta^{t+1} \hat{m}_t"), unicode(r"x^{(y)}_i")
    ('βᵗ⁺¹ m̂ₜ', 'x^((y))ᵢ')
    """
    text = re.sub(r"\\([A-Za-z]+)", _word, formula.replace(r"\,", " "))
    text = text.replace("∇ ", "∇")
    before = ""
    while text != before:
        before = text
        text = re.sub(rf"\\({'|'.join(ACCENTS)}){GROUP}", _accent, text)
        text = re.sub(rf"([_^]){GROUP}", _shift, text)
        text = re.sub(rf"\\sqrt{GROUP}", lambda found: "√" + _grouped(found[1] or found[2]), text)
        text = re.sub(rf"\\t?frac{GROUP}{GROUP}", _fraction, text)
        text = re.sub(r"\\operatorname\{(\w+)\}", r"\1", text)
    return text


def raised(body: str) -> str:
    """Write an exponent, with small characters where Unicode has them all."""
    return _small(body, HIGH) or "^" + _grouped(body)


def _word(found: re.Match[str]) -> str:
    """Replace a command by its character."""
    if found[1] in {"sqrt", "frac", "tfrac", "operatorname", *ACCENTS}:
        return found[0]
    if found[1] not in WORDS:
        raise ValueError(f"no plain text for {found[0]}")
    return WORDS[found[1]]


def _accent(found: re.Match[str]) -> str:
    """Put an accent over a letter."""
    return (found[2] or found[3]) + ACCENTS[found[1]]


def _shift(found: re.Match[str]) -> str:
    """Raise or lower."""
    body = found[2] or found[3]
    return raised(body) if found[1] == "^" else _small(body, LOW) or "_" + _grouped(body)


def _small(body: str, characters: dict[str, str]) -> str:
    """Write in small characters, or give nothing where one is missing."""
    known = all(character in characters for character in body)
    return "".join(characters[character] for character in body) if known else ""


def _fraction(found: re.Match[str]) -> str:
    """Write a fraction with a slash."""
    return f"{_grouped(found[1] or found[2])}/{_grouped(found[3] or found[4])}"


def _grouped(body: str) -> str:
    """Put parentheses around more than a single term."""
    return body if re.fullmatch(r"√?\w+[₀-₉ₜ²]*|√\([^()]*\)", body) else f"({body})"
