// The map in place of the plain chart: places as marks that keys reach, corridors, borders that can be hidden.
// Needs leaflet and topojson-client; where they, or the borders, are missing, the chart stays.

const box = document.getElementById("map");
const DRAWN = { there: null, planned: "9 6", contested: "1 7", "held-up": "10 5 1 5", untold: "14 3" };
const VOICES = { claimed: "only a speaker says so", coming: "planned or possible" };
const told = JSON.parse(document.getElementById("places").textContent);
const placed = told.spots.filter((spot) => spot.at);

function element(name, text, href) {
  const made = document.createElement(name);
  made.textContent = text ?? "";
  made.dir = "auto";
  if (href) made.href = href;
  return made;
}

function listed(items) {
  const list = document.createElement("ul");
  items.forEach(([before, text, href, after]) => {
    const item = document.createElement("li");
    item.append(before, element(href ? "a" : "i", text, href), after);
    list.append(item);
  });
  return list;
}

function about(spot) {
  const card = document.createElement("div");
  const title = document.createElement("h3");
  title.append(element("a", spot.name, spot.page));
  card.append(title);
  if (spot.names.length) {
    card.append(listed(spot.names.map(({ form, users }) => ["called ", form, null, users.length ? ` by ${users.join(", ")}` : ""])));
  }
  card.append(listed(spot.corridors.map((at) => ["on ", told.corridors[at].name, told.corridors[at].page, ""])));
  card.append(listed(spot.events.map(({ name, page, voice }) => ["", name, page, VOICES[voice] ? ` (${VOICES[voice]})` : ""])));
  const words = document.createElement("p");
  words.append(element("a", spot.passages === 1 ? "the passage that tells of it" : `all ${spot.passages} passages`, told.words.replace("%7B%7D", encodeURIComponent(spot.key))));
  card.append(words);
  return card;
}

function mark(spot) {
  const across = Math.round(2 * Math.min(4 + Math.sqrt(spot.passages), 10));
  const kinds = ["spot", spot.events.length ? "eventful" : "", spot.names.length > 1 ? "rival" : ""];
  const icon = L.divIcon({ className: kinds.filter(Boolean).join(" "), iconSize: [across, across] });
  const made = L.marker(spot.at, { icon, keyboard: true, alt: spot.name, riseOnHover: true });
  made.bindPopup(() => about(spot), { minWidth: 180, maxWidth: 320 });
  made.bindTooltip(element("span", spot.name), { permanent: true, direction: "right" });
  made.on("add", () => {
    made.getElement().setAttribute("aria-label", `${spot.name}: ${spot.passages} passages`);
    made.getElement().setAttribute("role", "button");
  });
  return made;
}

const SIDES = { right: [1, 0], left: [-1, 0], top: [0, -1], bottom: [0, 1] };

// Each name stands at the first side of its mark where it lies on no other mark and no other name, else on no
// other name; one that finds no room is hidden. Those with most passages choose first.
function name(marks) {
  const spots = marks.map((one) => one.getElement()?.getBoundingClientRect());
  const names = [];
  marks.forEach((one, own) => {
    const label = one.getTooltip();
    if (!label?.getElement()) return;
    label.getElement().classList.remove("hush");
    const far = one.getElement().offsetWidth / 2;
    const room = (taken) => Object.entries(SIDES).some(([direction, [x, y]]) => {
      Object.assign(label.options, { direction, offset: [x * far, y * far] });
      label.update();
      const place = label.getElement().getBoundingClientRect();
      return taken.every((other) => !meet(place, other));
    });
    const found = room([...names, ...spots.filter((spot, at) => spot && at !== own)]) || room(names);
    if (found) names.push(label.getElement().getBoundingClientRect());
    label.getElement().classList.toggle("hush", !found);
  });
}

function meet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

// The atlas is stitched together at 180 degrees, which a flat map is not: a line that jumps there goes on past the
// edge, and is drawn a second time a whole turn away. A ring about a pole is closed along the lower edge.
function unrolled(line, ring) {
  let turn = 0;
  const out = line.map(([east, north], at) => {
    const step = at ? east - line[at - 1][0] : 0;
    turn += step > 180 ? -360 : step < -180 ? 360 : 0;
    return [east + turn, north];
  });
  if (ring && turn) out.push([out[out.length - 1][0], -89], [out[0][0], -89], out[0]);
  const easts = out.map(([east]) => east);
  const moved = (by) => out.map(([east, north]) => [east + by, north]);
  return [out, ...(Math.max(...easts) > 180 ? [moved(-360)] : []), ...(Math.min(...easts) < -180 ? [moved(360)] : [])];
}

function flat(shape) {
  if (shape.type === "FeatureCollection") return { ...shape, features: shape.features.map(flat) };
  if (shape.type === "Feature") return { ...shape, geometry: flat(shape.geometry) };
  if (shape.type === "MultiPolygon") {
    return { type: "MultiPolygon", coordinates: shape.coordinates.flatMap(([outer, ...holes]) => {
      const parts = unrolled(outer, true);
      return parts.length > 1 ? parts.map((part) => [part]) : [[parts[0], ...holes]];
    }) };
  }
  if (shape.type === "MultiLineString") {
    return { type: "MultiLineString", coordinates: shape.coordinates.flatMap((line) => unrolled(line, false)) };
  }
  return shape;
}

async function borders(map) {
  const pane = { land: map.createPane("land"), border: map.createPane("border") };
  pane.land.style.zIndex = 200;
  pane.border.style.zIndex = 250;
  const answer = await fetch(box.dataset.borders);
  const atlas = await answer.json();
  const style = (className) => ({ className, stroke: true, interactive: false });
  L.geoJSON(flat(topojson.feature(atlas, atlas.objects.land)), { pane: "land", style: () => style("land"), interactive: false }).addTo(map);
  const lines = L.geoJSON(flat(topojson.mesh(atlas, atlas.objects.countries, (one, other) => one !== other)), {
    pane: "border", style: () => style("border"), interactive: false,
  });
  const chosen = document.getElementById("with-borders");
  const draw = () => (chosen.checked ? lines.addTo(map) : lines.remove());
  chosen.addEventListener("change", draw);
  draw();
}

// The places where most is told: between the degrees that leave an eighth of all passages on either side.
function midst() {
  const inside = [0, 1].map((axis) => {
    const along = placed.toSorted((one, other) => one.at[axis] - other.at[axis]);
    const all = along.reduce((sum, spot) => sum + spot.passages, 0);
    let before = 0;
    return new Set(along.filter((spot) => {
      before += spot.passages;
      return before > all / 8 && before - spot.passages < (all * 7) / 8;
    }));
  });
  return placed.filter((spot) => inside.every((one) => one.has(spot)));
}

function start() {
  document.getElementById("stage").hidden = true;
  document.getElementById("how").hidden = false;
  box.hidden = false;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, { worldCopyJump: true, minZoom: 1, maxZoom: 10, zoomSnap: 0.5, zoomAnimation: !still, fadeAnimation: !still });
  map.attributionControl.setPrefix(false).addAttribution("Borders as held in fact: Natural Earth");
  const whole = L.latLngBounds(placed.map((spot) => spot.at)).pad(0.1);
  const most = box.dataset.corridor ? placed.filter((spot) => spot.corridors.length) : midst();
  map.fitBounds(most.length > 1 ? L.latLngBounds(most.map((spot) => spot.at)).pad(0.08) : whole, { maxZoom: 7, animate: false });
  told.routes.filter((route) => route.points.length > 1).forEach((route) => {
    L.polyline(route.points, { className: `way w-${route.stroke}`, dashArray: DRAWN[route.stroke], weight: 2.6 })
      .bindPopup(() => element("a", `${route.name}: ${route.places.join(" → ")}`, route.page)).addTo(map);
  });
  const marks = placed.map((spot) => mark(spot).addTo(map));
  map.on("zoomend", () => name(marks));
  name(marks);
  document.getElementById("all-places").addEventListener("click", () => map.fitBounds(whole, { animate: !still }));
  borders(map).catch(() => { document.getElementById("with-borders").disabled = true; });
}

if (box && window.L && window.topojson && placed.length) start();
