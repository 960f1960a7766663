"""What the peers in Python have in common."""
import sys
import time


def serve(setup):
    """Answers what a benchmark asks on standard input: `<rows> <classes>` sets a step up, `run` gives its ms."""
    step = None
    for line in sys.stdin:
        if line.startswith('run'):
            # Once to warm up, once to be timed.
            for _ in range(2):
                calls, start = 0, time.perf_counter()
                while True:
                    step()
                    calls += 1
                    ms = (time.perf_counter() - start) * 1e3
                    if ms >= 50:
                        break
            print(ms / calls, flush=True)
        else:
            step = setup(*map(int, line.split()))
            print('ready', flush=True)
