"""Score: what the golden vectors detect, measured with deliberately wrong rules.

Every mutant of every dialect, and every known mistake, runs as ordinary floating-point code and is
judged by the public judgement. One that no vector kills is proved equivalent, or listed as such
with a reason, or it is a hole. Beside the derived intervals stand the fixed tolerances that others
use, on the same vectors, and plain random inputs.
"""
