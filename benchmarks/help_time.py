"""``wikibot --help`` beside ``import click``, in turns in one run: the ratio is at most 2."""

import statistics
import subprocess
import sys
import time

ROUNDS = 30


def seconds(*command: str) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    help_times, click_times = [], []
    for _ in range(ROUNDS):
        help_times.append(seconds(sys.executable, "-m", "wikibot", "--help"))
        click_times.append(seconds(sys.executable, "-c", "import click"))
    ratio = statistics.median(help_times) / statistics.median(click_times)
    sys.stdout.write(
        f"wikibot --help {statistics.median(help_times):.3f} s, import click "
        f"{statistics.median(click_times):.3f} s: {ratio:.2f} times (limit 2)\n"
    )
    raise SystemExit(ratio > 2)


if __name__ == "__main__":
    main()
