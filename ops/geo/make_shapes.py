"""Draw the seven SPECA countries from Natural Earth borders as small SVG paths.

In: the path of world-atlas 2.0.2's `countries-50m.json`. Out: `core/map_shapes.py` and `static/img/logo.svg`.
Shared borders are simplified once, as the arcs of the topology, so neighbours keep meeting without a gap.
"""

import json
import math
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COUNTRIES = {"AF": "004", "AZ": "031", "KZ": "398", "KG": "417", "TJ": "762", "TM": "795", "UZ": "860"}
# Where a count is legible inside the shape, in degrees: not always the centre of gravity.
LABELS = {
    "AF": (65.6, 33.7),
    "AZ": (47.75, 40.3),
    "KZ": (67.2, 48.1),
    "KG": (75.4, 41.5),
    "TJ": (73.0, 38.3),
    "TM": (58.9, 39.2),
    "UZ": (63.1, 41.9),
}
# Position in degrees of names that are too long for the shape, and the anchor of the text.
NAMES = {"AZ": (48.6, 37.3, "middle"), "KG": (77.4, 39.9, "start"), "TJ": (75.9, 37.7, "start")}
WIDTH = 640
MAP_TOLERANCE, MAP_SMALLEST = 1.3, 2.5
GLYPH_SIZE, GLYPH_TOLERANCE = 60, 1.1
LOGO_TOLERANCE, LOGO_SMALLEST = 5.5, 150


def conic(lon, lat, lon_0=63.0, lat_1=34.0, lat_2=50.0):
    """Return the point of an equidistant conic projection, in which areas and shapes of the region look natural."""
    phi_1, phi_2, phi = (math.radians(value) for value in (lat_1, lat_2, lat))
    n = (math.cos(phi_1) - math.cos(phi_2)) / (phi_2 - phi_1)
    g = math.cos(phi_1) / n + phi_1
    rho, theta = g - phi, n * math.radians(lon - lon_0)
    return rho * math.sin(theta), rho * math.cos(theta)


def decode_arcs(topology):
    """Yield the arcs of a topology as lists of (lon, lat)."""
    (scale_x, scale_y), (shift_x, shift_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        yield points


def simplify(points, tolerance):
    """Simplify a line by Douglas-Peucker; a closed ring is cut at its farthest point first, or it would collapse."""
    if len(points) < 3:
        return points
    start, end = points[0], points[-1]
    if start == end:
        far = max(range(len(points)), key=lambda i: math.dist(start, points[i]))
        return simplify(points[: far + 1], tolerance)[:-1] + simplify(points[far:], tolerance)
    length = math.dist(start, end)

    def distance(point):
        cross = (end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (end[1] - start[1])
        return abs(cross) / length

    far = max(range(1, len(points) - 1), key=lambda i: distance(points[i]))
    if distance(points[far]) <= tolerance:
        return [start, end]
    return simplify(points[: far + 1], tolerance)[:-1] + simplify(points[far:], tolerance)


def area(ring):
    """Return the unsigned area of a ring."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def rings(geometry, arcs, smallest):
    """Yield the rings of a country, joined from arcs, without those smaller than the given area."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for ring in (ring for polygon in polygons for ring in polygon):
        points = []
        for index in ring:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        if len(points) > 3 and area(points) >= smallest:
            yield points[:-1]


def fit(all_rings, width, height=None):
    """Return a function that maps points of `all_rings` into a box of the given width (and height), and the height used."""
    xs = [x for ring in all_rings for x, _ in ring]
    ys = [y for ring in all_rings for _, y in ring]
    span_x, span_y = max(xs) - min(xs), max(ys) - min(ys)
    scale = width / span_x if height is None else min(width / span_x, height / span_y)
    used = height or math.ceil(span_y * scale)
    left, top = (width - span_x * scale) / 2, (used - span_y * scale) / 2
    return (lambda point: ((point[0] - min(xs)) * scale + left, (point[1] - min(ys)) * scale + top)), used


def path(all_rings):
    """Return the shortest SVG path of `rings` with integer coordinates."""
    commands = []
    pen = (0, 0)
    for ring in all_rings:
        numbers = []
        start = None
        for point in ring:
            spot = (round(point[0]), round(point[1]))
            if start is None or spot != pen:
                numbers += [spot[0] - pen[0], spot[1] - pen[1]]
                pen = spot
                start = start or spot
        commands.append(
            "m" + "".join(f"{n}" if n < 0 or i == 0 else f" {n}" for i, n in enumerate(numbers)) + "z"
        )
        pen = start
    return "".join(commands)


def main(source):
    """Write the module and the logo from the borders in `source`."""
    topology = json.loads(Path(source).read_text())
    geometry_by_id = {g.get("id"): g for g in topology["objects"]["countries"]["geometries"]}
    geometries = {code: geometry_by_id[number] for code, number in COUNTRIES.items()}
    plane = [[conic(*point) for point in arc] for arc in decode_arcs(topology)]
    move, height = fit([ring for g in geometries.values() for ring in rings(g, plane, 0)], WIDTH)
    arcs = [[move(point) for point in arc] for arc in plane]
    rough = [simplify(arc, MAP_TOLERANCE) for arc in arcs]
    shapes, glyphs = {}, {}
    for code, geometry in geometries.items():
        x, y = move(conic(*LABELS[code]))
        *place, anchor = NAMES.get(code, (*LABELS[code], ""))
        name_x, name_y = move(conic(*place))
        shapes[code] = (
            path(rings(geometry, rough, MAP_SMALLEST)),
            *map(round, (x, y, name_x, name_y)),
            anchor,
        )
        whole = sorted(rings(geometry, arcs, MAP_SMALLEST), key=area, reverse=True)
        whole = [ring for ring in whole if area(ring) > area(whole[0]) / 60]
        into, _ = fit(whole, GLYPH_SIZE, GLYPH_SIZE)
        small = [simplify([into(p) for p in ring + ring[:1]], GLYPH_TOLERANCE)[:-1] for ring in whole]
        glyphs[code] = path(small)
    logo = [simplify(arc, LOGO_TOLERANCE) for arc in arcs]
    emblem = {code: list(rings(g, logo, LOGO_SMALLEST)) for code, g in geometries.items()}
    region = [ring for country in emblem.values() for ring in country]
    into, _ = fit(region, GLYPH_SIZE, GLYPH_SIZE)
    glyphs["SPECA"] = path(
        simplify([into(p) for p in ring + ring[:1]], GLYPH_TOLERANCE / 2)[:-1] for ring in region
    )
    write_module(shapes, glyphs, height)
    write_logo({code: path(country) for code, country in emblem.items()}, height)


def write_module(shapes, glyphs, height):
    """Write `core/map_shapes.py` with the shapes and glyphs."""
    lines = [
        '"""The seven countries as SVG paths, made by ops/geo/make_shapes.py; do not edit.',
        "",
        "Borders: Natural Earth (public domain) through world-atlas 2.0.2; simplified, no statement on any border.",
        '"""',
        "",
        f"WIDTH, HEIGHT, GLYPH_SIZE = {WIDTH}, {height}, {GLYPH_SIZE}",
        "",
        "# fmt: off",
        "# Code: path in a box of WIDTH x HEIGHT, place of its count, place of its name, anchor of a name outside it.",
        "SHAPES = {",
        *(
            f'    "{code}": ("{d}", {", ".join(map(str, spots))}, "{anchor}"),'
            for code, (d, *spots, anchor) in shapes.items()
        ),
        "}",
        "",
        "# Code: outline in a box of GLYPH_SIZE x GLYPH_SIZE, the country's mark on cards; SPECA is all seven.",
        "GLYPHS = {",
        *(f'    "{code}": "{d}",' for code, d in glyphs.items()),
        "}",
        "",
    ]
    (ROOT / "core" / "map_shapes.py").write_text("\n".join(lines))
    print(
        "map",
        sum(len(shape[0]) for shape in shapes.values()),
        "glyphs",
        sum(map(len, glyphs.values())),
        "bytes",
    )


def write_logo(paths, height):
    """Write the emblem from `paths`. It is used in an <img>, so it contains its own rules for the colour scheme."""
    style = (
        "path{fill:#0b5563;stroke:#fff;stroke-width:14}path:nth-of-type(4){fill:#c2571a}"
        "@media(prefers-color-scheme:dark){path{fill:#6cc3c8;stroke:#10191c}path:nth-of-type(4){fill:#f2a468}}"
    )
    body = "".join(f"<path d='{d}'/>" for d in paths.values())
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"><style>{style}</style>{body}</svg>\n'
    target = ROOT / "static" / "img" / "logo.svg"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(svg)
    print("logo", len(svg), "bytes")


if __name__ == "__main__":
    main(sys.argv[1])
