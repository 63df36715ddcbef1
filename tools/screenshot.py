"""Take pictures of a page, by day and by night, on a desktop and on a phone.

    .venv/bin/python tools/screenshot.py /gradient /tmp/gradient --query x0=2 y0=1

writes /tmp/gradient-desktop-light.png and three more. It starts its own server unless it is given
one with ``--server http://localhost:8501``.
"""

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

sys.path.insert(0, str(Path(__file__).parent.parent))  # a script sees only its own folder

from tools.browser import Visit, running_chromium, running_server

SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
# Streamlit scrolls inside the page; as tall as its content, the window shows all of it.
CONTENT_HEIGHT = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    return main.scrollHeight + main.getBoundingClientRect().top;
}"""


def main() -> None:
    """Read the command line and write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", help="a path of the app, such as /gradient")
    parser.add_argument("prefix", help="how the names of the pictures begin")
    parser.add_argument("--query", nargs="*", default=[], metavar="NAME=VALUE")
    parser.add_argument("--server", help="address of a running server")
    parser.add_argument("--settle", type=float, default=1.0, help="seconds for figures to be drawn")
    options = parser.parse_args()
    query = urlencode([pair for part in options.query for pair in parse_qsl(part)])
    path = f"{options.path}?{query}" if query else options.path
    server = nullcontext(options.server) if options.server else running_server()
    with server as url, running_chromium() as chromium:
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                page = chromium.new_page(
                    viewport={"width": width, "height": height}, color_scheme=scheme
                )
                Visit(page, url).open(path)
                page.wait_for_timeout(options.settle * 1000)
                content = int(page.evaluate(CONTENT_HEIGHT))
                page.set_viewport_size({"width": width, "height": max(height, content)})
                page.wait_for_timeout(options.settle * 500)
                target = f"{options.prefix}-{size}-{scheme}.png"
                page.screenshot(path=target)
                print(target)
                page.close()


if __name__ == "__main__":
    main()
