"""What can be saved: tables as CSV, places as GeoJSON, pictures as PNG."""

import base64
import csv
import io
import json
import re
import struct
import zlib

from foreshock.evidence.cells import guard


def saved(page, part, kind):
    """Save by the button of a part of the page; give the file's name and its bytes."""
    with page.expect_download() as download:
        page.locator(part).get_by_role("button", name=re.compile(f"^{kind} of: .")).first.click()
    name = download.value.suggested_filename
    assert re.fullmatch(r"[a-z0-9-]+\.(csv|geojson|png)", name)
    return name, download.value.path().read_bytes()


ALL = """async ([kind, most]) => {
    const files = [], made = [], pressed = new Map();
    URL.createObjectURL = (file) => { files.push(file); return "#"; };
    HTMLAnchorElement.prototype.click = function () {};
    for (const button of document.querySelectorAll(".tools button")) {
        if (!button.ariaLabel.startsWith(`${kind} of: `)) continue;
        const view = button.closest(".view");
        pressed.set(view, (pressed.get(view) ?? 0) + 1);
        if (pressed.get(view) > most) continue;
        const before = files.length, panel = button.closest(".panel");
        button.click();
        while (files.length === before) await new Promise((done) => setTimeout(done, 5));
        const name = button.ariaLabel.slice(`${kind} of: `.length);
        const svg = panel.querySelector("svg");
        const table = [...panel.querySelectorAll("table")].find(
            (one) => one.caption.textContent === name);
        const bytes = new Uint8Array(await files.at(-1).arrayBuffer());
        made.push({
            name,
            file: bytes.toBase64(),
            box: svg && [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height],
            rows: table && [...table.rows].filter((row) => !row.matches(".off"))
                .map((row) => [...row.cells].map((cell) => cell.textContent)),
        });
    }
    return made;
}"""


def all_saved(page, kind, most=1_000):
    """Press the buttons of a kind, so many in each view, and take what they would save."""
    made = page.evaluate(ALL, [kind, most])
    assert made
    return [one | {"file": base64.b64decode(one["file"])} for one in made]


def rows_of(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_every_table_is_saved_as_it_stands(visit, idlib_page, hostile_page):
    guarded = 0
    for file in (idlib_page, hostile_page):
        for made in all_saved(visit(file), "CSV"):
            shown = [[" ".join(cell.split()) for cell in row] for row in made["rows"]]
            assert rows_of(made["file"]) == [[guard(cell) for cell in row] for row in shown]
            guarded += sum(guard(cell) != cell for row in shown for cell in row)
    assert guarded > 20, "some cells would have been run as formulas"


def test_a_button_saves_a_file_and_leaves_out_what_is_filtered_out(visit, idlib_page):
    sizes = []
    for fragment in ("", "#actor=iran"):
        page = visit(idlib_page, fragment)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        # Who flees is no actor, and a sheet is no act: those tables stay whole.
        for part in ("#displacement", "#assumed"):
            page.locator(part).evaluate("(part) => part.remove()")
        name, data = saved(page, "#relations", "CSV")
        assert name.endswith(".csv")
        sizes.append(sum(len(rows_of(made["file"])) for made in all_saved(page, "CSV")))
        assert rows_of(data)
    assert 0 < sizes[1] < sizes[0] / 2


def test_places_are_saved_as_geojson(visit, idlib_page):
    page = visit(idlib_page)
    name, data = saved(page, "#map", "GeoJSON")
    assert name.endswith(".geojson")
    collection = json.loads(data)
    assert collection["type"] == "FeatureCollection"
    assert len(collection["features"]) > 20
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        assert feature["geometry"]["type"] == "Point"
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
        assert feature["properties"]["name"]
    near = [f for f in collection["features"] if "Saraqib" in f["properties"]["name"]]
    longitude, latitude = near[0]["geometry"]["coordinates"]
    assert (round(longitude), round(latitude)) == (37, 36), "longitude stands first"


def png(data):
    """Read a PNG: its width, its height, and its bytes before any filter is undone."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    at, packed = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        packed += data[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    return width, height, zlib.decompress(packed)


CAPTION = 34
"""Height of the line above a saved picture, which says what it is and of which day."""


def test_every_picture_is_saved_at_twice_its_size(visit, idlib_page):
    page = visit(idlib_page)
    name, data = saved(page, "#map", "PNG")
    assert name.endswith(".png")
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    for made in all_saved(page, "PNG", most=1):
        width, height, pixels = png(made["file"])
        assert abs(width - 2 * made["box"][0]) <= 1, made["name"]
        assert abs(height - 2 * (made["box"][1] + CAPTION)) <= 1, made["name"]
        picture = pixels[2 * CAPTION * (4 * width + 1) :]
        assert len(set(picture)) > 16, f"{made['name']} is empty"
