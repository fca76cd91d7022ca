"""The mistakes that a sliding kernel invites: those of convolution and of its transpose."""

from .channels import BIAS, GROUPS
from .factors import FACTORS
from .kernels import KERNEL
from .padding import PADDING
from .sliding_gradients import GRADIENTS
from .strides import STEPS

SLIDING = (*KERNEL, *STEPS, *PADDING, *GROUPS, *BIAS, *GRADIENTS, *FACTORS)
