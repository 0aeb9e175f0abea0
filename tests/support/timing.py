"""How long a call takes, as little disturbed as a machine with other work allows."""

import gc
from time import process_time

__all__ = ["seconds"]


def seconds(call, runs=3):
    """The fewest processor seconds of some runs; what the program has left to collect is not in it.

    A whole test run holds millions of objects, and one full collection takes longer than most
    calls; a call is charged neither for that nor for what the machine does beside it.
    """
    taken = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(runs):
            start = process_time()
            call()
            taken.append(process_time() - start)
    finally:
        gc.enable()
    return min(taken)
