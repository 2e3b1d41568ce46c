# Start-up alone: what a program costs before it does anything.
import numpy as np
