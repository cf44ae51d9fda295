"""Draw the icons and the picture for shared links from the site's own drawings; for developers.

Run it after a change of templates/includes/{brand_mark,facets,landscape}.html, and commit what it writes to
static/img/. Needs the packages for developers and a Chromium (CHROMIUM=path when it is not on the PATH).
"""

import base64
import os
import re
import shutil
import sys
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine
from PIL import Image, ImageChops
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "static" / "img"
NAME = "Mestringshusene"
NIGHT, AMBER = "#16263a", (0xFF, 0xC4, 0x6B)
TAB_SIZES = (16, 32, 48)


def drawn(template: str, **context: str) -> str:
    """Return a template of the site, or of this folder, as text."""
    engine = Engine(dirs=[str(ROOT / "templates"), str(ROOT / "deploy")])
    return engine.get_template(template).render(Context(context))


def icon(*, scale: float = 1, ground: str = "") -> str:
    """Return the brand mark as an SVG file: bare for tabs of any colour, or on a ground for home screens."""
    paths = "".join(re.findall(r"<path[^>]*/>", drawn("includes/brand_mark.html")))
    if ground:
        margin = 16 * (1 - scale)
        paths = (
            f'<path fill="{ground}" d="M0 0h32v32H0z"/>'
            f'<g transform="translate({margin} {margin}) scale({scale})">{paths}</g>'
        )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{paths}</svg>\n'


def photographed(browser: Browser, html: str, width: int, height: int) -> Image.Image:
    """Return what Chromium shows, with transparency."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(html)
    page.evaluate("document.fonts.ready")
    picture = Image.open(BytesIO(page.screenshot(omit_background=True)))
    page.close()
    return picture


def pixels(browser: Browser, svg: str, size: int) -> Image.Image:
    """Return an SVG as a square of pixels."""
    page = f"<style>body {{ margin: 0 }} svg {{ display: block; inline-size: {size}px }}</style>{svg}"
    return photographed(browser, page, size, size)


def few_colours(picture: Image.Image) -> Image.Image:
    """Return a picture of 256 colours, which is a third of the bytes; the lit window keeps its own."""
    picture = picture.convert("RGB")
    small = picture.quantize(255, method=Image.Quantize.MEDIANCUT, kmeans=2)
    small.putpalette([*(small.getpalette() or [])[: 255 * 3], *AMBER])
    difference = ImageChops.difference(picture, Image.new("RGB", picture.size, AMBER)).convert("L")
    small.paste(255, mask=difference.point(lambda distance: 255 * (distance < 8)))
    return small


def main() -> None:
    """Draw everything anew."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium found: install one, or set CHROMIUM=path.")
    settings.configure()
    font = base64.b64encode((ROOT / "static" / "fonts" / "hanken-grotesk.woff2").read_bytes()).decode()
    (IMAGES / "icon.svg").write_text(icon(), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for size in (180, 512):
            tile = pixels(browser, icon(scale=0.72, ground=NIGHT), size).convert("RGB")
            tile.save(IMAGES / f"icon-{size}.png", optimize=True)
        tabs = [pixels(browser, icon(), size) for size in TAB_SIZES]
        tabs[-1].save(IMAGES / "favicon.ico", sizes=[(s, s) for s in TAB_SIZES], append_images=tabs[:-1])
        page = drawn("social.html", name=NAME, font=f"data:font/woff2;base64,{font}")
        few_colours(photographed(browser, page, 1200, 630)).save(IMAGES / "social.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
