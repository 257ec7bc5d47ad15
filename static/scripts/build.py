"""Join the scripts of Streamlit's front end that every page needs into one file, which takes one request and not a hundred.

    npm pack @esbuild/linux-x64@0.28.2 && tar xf esbuild-linux-x64-0.28.2.tgz
    python static/scripts/build.py package/bin/esbuild

writes `whole.js.br` and `parts.json` beside this file, each time the same bytes. `dashboard/serving/joined.py` sends them.
Run it after a new release of Streamlit, or when a page comes to need another part of the front end.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import streamlit

HERE = Path(__file__).resolve().parent
FRONT = Path(streamlit.__file__).parent / "static"
SCRIPTS = FRONT / "static" / "js"
# The parts that Streamlit asks for once it knows that a page has such an element, by the beginning of their names.
ALWAYS = ("BidiComponent", "Button", "DownloadButton", "Html")
BEST = 11  # how hard Brotli tries

IMPORTED = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
LATER = re.compile(r"import\(`\./([\w.-]+\.js)`\)")  # an import that waits until it is needed
AHEAD = re.compile(r"(?<=if\()(\w+)(?=&&\1\.length>0\))")  # what such an import needs is asked for together with it
GIVEN = re.compile(r"export\{([^}]*)\};?\s*$")
HELD = "held.js"  # a module of ours: what is inside, and of it by name what is asked for later
HELPER = "preload-helper"  # the script that asks ahead


def entry() -> str:
    """Return the name of the script that the front end's page starts."""
    (name,) = re.findall(r'src="\./static/js/(index\.[\w-]+\.js)"', (FRONT / "index.html").read_text(encoding="utf-8"))
    return name


def closure(names: list[str], texts: dict[str, str]) -> list[str]:
    """Return the names of scripts and of all that they import, in the order in which they are met."""
    met: dict[str, None] = {}
    waiting = list(reversed(names))
    while waiting:
        name = waiting.pop()
        if name not in met:
            met[name] = None
            waiting += reversed(IMPORTED.findall(texts[name]))
    return list(met)


def given(text: str) -> list[str]:
    """Return the names under which a script hands out what it holds."""
    found = GIVEN.search(text)
    return [part.rpartition(" as ")[2] for part in found[1].split(",")] if found else []


def joined(name: str, text: str, inside: list[str]) -> str:
    """Return a script whose later imports of what is `inside` take it from there; what asks ahead leaves that out."""
    made = LATER.sub(
        lambda found: (
            f"Promise.resolve().then(()=>held[{json.dumps(found[1])}])"
            if found[1] in inside
            else f'import("./{found[1]}")'
        ),
        text,
    )
    if name.startswith(HELPER):
        made, times = AHEAD.subn(r"(\1=\1?.filter(one=>!inside.has(one)))", made)
        assert times == 1, f"{name} is no longer as it was: look how it asks for scripts ahead"
    return f'import{{held,inside}}from"./{HELD}";{made}' if made != text else text


def build(esbuild: str) -> None:
    """Write both files."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(SCRIPTS.glob("*.js"))}
    start = entry()
    inside = closure([start, *(name for name in texts if name.split(".")[0] in ALWAYS)], texts)
    apart = sorted({name for one in inside for name in LATER.findall(texts[one])} - set(inside))
    later = [name for name in inside if any(name in LATER.findall(texts[one]) for one in inside)]
    parts = {name: {of: f"{of}_{at}" for of in given(texts[name])} for at, name in enumerate(inside)}
    # The start comes first, as it does for Streamlit: what is asked for later is worked out after it.
    lines = [f'import"./{start}";', f'import{{held}}from"./{HELD}";']
    lines += [f'import*as later{at} from"./{name}";held["{name}"]=later{at};' for at, name in enumerate(later)]
    lines += [
        f'export{{{",".join(f"{of} as {to}" for of, to in names.items())}}}from"./{name}";'
        for name, names in parts.items()
    ]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in inside:
            (folder / name).write_text(joined(name, texts[name], inside), encoding="utf-8")
        (folder / HELD).write_text(
            f"export const held={{}},inside=new Set({json.dumps([f'./{name}' for name in inside])});", encoding="utf-8"
        )
        (folder / "whole.js").write_text("\n".join(lines), encoding="utf-8")
        options = ["--bundle", "--format=esm", "--minify", "--target=esnext", "--charset=utf8", "--log-level=warning"]
        outside = [f"--external:./{name}" for name in apart]
        made = subprocess.run([esbuild, "whole.js", *options, *outside], cwd=folder, check=True, stdout=subprocess.PIPE)
    packed = pa.Codec("brotli", compression_level=BEST).compress(made.stdout, asbytes=True)
    (HERE / "whole.js.br").write_bytes(packed)
    (HERE / "parts.json").write_text(json.dumps(parts, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    build(sys.argv[1])
