"""Opens every file of brand kits with programs that we did not write, and compares what they say with
the kits' manifests and with the table of social pictures. Says one line for each kit.

    judge.py FOLDER SCHEMA TABLE    a folder of zips, the manifest's JSON schema, the social table
"""

import hashlib
import io
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.dom.minidom
import zipfile

import icnsutil
import jsonschema
from PIL import Image

FORMATS = {"image/png": "PNG", "image/webp": "WEBP", "image/jpeg": "JPEG"}
ICO_SIDES = {"favicon.ico": [48, 32, 16], "": [16, 24, 32, 48, 256]}
ICNS_SIDES = {16, 32, 64, 128, 256, 512, 1024}


def alpha_range(image):
    return image.convert("RGBA").getchannel("A").getextrema()


def picture(entry, data):
    """A bitmap: format, size and opacity as the manifest says, and something is seen."""
    image = Image.open(io.BytesIO(data))
    image.load()
    assert image.format == FORMATS[entry["mime"]], image.format
    if entry["widthPx"] is None:
        return
    assert image.size == (entry["widthPx"], entry["heightPx"]), image.size
    least, most = alpha_range(image)
    assert (least == 255) == entry["opaque"], f"alpha from {least}"
    shown = image.convert("RGBA").getextrema()
    assert most > 0 and any(low < high for low, high in shown) or entry["opaque"], "nothing is seen"


def ico(entry, data, scratch):
    """Sizes in the order wanted, by icoutils; each picture can be taken out and is as large."""
    file = scratch / "icon.ico"
    file.write_bytes(data)
    listed = subprocess.run(["icotool", "-l", file], check=True, capture_output=True, text=True)
    assert not listed.stderr, listed.stderr
    sides = [int(line.split("--width=")[1].split()[0]) for line in listed.stdout.splitlines()]
    name = entry["path"].rsplit("/")[-1]
    assert sides == ICO_SIDES.get(name, ICO_SIDES[""]), sides
    for line in listed.stdout.splitlines():
        assert "--bit-depth=32" in line, line
    out = scratch / "icon"
    out.mkdir()
    subprocess.run(["icotool", "-x", "-o", out, file], check=True, capture_output=True)
    taken = sorted(Image.open(path).size[0] for path in out.iterdir())
    assert taken == sorted(sides), taken
    assert sorted(width for width, _ in Image.open(file).info["sizes"]) == sorted(sides)


def icns(data, scratch):
    """All sizes, by two readers."""
    path = scratch / "icon.icns"
    path.write_bytes(data)
    faults = list(icnsutil.IcnsFile.verify(str(path)))
    assert not faults, faults
    found = set(icnsutil.IcnsFile(file=str(path)).media)
    assert {"is32", "il32", "ic07", "ic10"} <= found, found
    image = Image.open(path)
    assert {width * scale for width, _, scale in image.info["sizes"]} == ICNS_SIDES, image.info
    for width, height, scale in image.info["sizes"]:
        image = Image.open(path)
        image.size = (width, height)
        image.load(scale=scale)
        assert image.size == (width * scale, height * scale), image.size
        assert alpha_range(image)[1] > 0, "nothing is seen"


def text(entry, data):
    if entry["mime"] in ("image/svg+xml", "application/xml"):
        xml.dom.minidom.parseString(data)
    elif entry["mime"] in ("application/json", "application/manifest+json"):
        json.loads(data)
    elif entry["mime"].startswith("text/"):
        data.decode()


def check(entry, data, scratch):
    assert len(data) == entry["bytes"] and hashlib.sha256(data).hexdigest() == entry["sha256"]
    if entry["mime"] in FORMATS:
        picture(entry, data)
    elif entry["mime"] == "image/vnd.microsoft.icon":
        ico(entry, data, scratch)
    elif entry["mime"] == "image/icns":
        icns(data, scratch)
    else:
        text(entry, data)


def judge(kit, schema, table):
    said = subprocess.run(["unzip", "-tqq", kit], capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr
    archive = zipfile.ZipFile(kit)
    names = archive.namelist()
    root = names[0].split("/")[0] + "/"
    manifest = json.loads(archive.read(root + "manifest.json"))
    jsonschema.validate(manifest, schema)
    paths = [entry["path"] for entry in manifest["files"]]
    assert sorted(names) == sorted(root + name for name in [*paths, "README.txt", "manifest.json"])
    for entry in manifest["files"]:
        with tempfile.TemporaryDirectory() as scratch:
            try:
                check(entry, archive.read(root + entry["path"]), pathlib.Path(scratch))
            except Exception as fault:
                raise AssertionError(f"{kit.name}: {entry['path']}: {fault!r}") from fault
    social = {entry["path"]: entry for entry in manifest["files"] if entry["group"] == "social"}
    assert len(social) == (len(table) if social else 0)
    for slot, entry in zip(table, social.values()):
        of = f"{kit.name}: {slot['platform']} {slot['slot']}: {entry}"
        assert (entry["widthPx"], entry["heightPx"]) == (slot["w"], slot["h"]), of
        # What need not be opaque may be: a logo with a ground of its own.
        assert entry["opaque"] or not slot["opaque"], of
        assert (entry["mime"], entry["maxBytes"]) == (slot["mime"], slot["max_bytes"]), of
        assert entry["tooLarge"] == (slot["max_bytes"] is not None and entry["bytes"] > slot["max_bytes"]), of
    print(kit.stem, len(paths))


folder, schema, table = map(pathlib.Path, sys.argv[1:])
schema, table = json.loads(schema.read_text()), json.loads(table.read_text())
jsonschema.Draft202012Validator.check_schema(schema)
for kit in sorted(folder.glob("*.zip")):
    judge(kit, schema, table)
