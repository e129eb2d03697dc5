// The places of an answer on a map, drawn by Leaflet on outlines of our own: no tiles, nothing from elsewhere.
import { rowsOf } from "./asking.js";
import { columnsOf, isNumber, isThing, names, words } from "./columns.js";
import { count, counted, element, loadFor, shown } from "./page.js";

const ANTARCTICA = "010"; // ISO 3166-1; it goes round the pole, which no flat map can show
const MOST = 500; // places
const NAMED = 25; // so many have their names beside them, where there is room
const [LATITUDE, LONGITUDE] = [/^lat(itude)?$/i, /^(long?|longitude|lng)$/i];

export const title = "Map";

export function unfit(answer) {
  return coordinates(answer) || columnsOf(answer, isThing).length ? undefined : "A map needs places: a column of things, or the columns ?latitude and ?longitude. This answer has neither.";
}

export async function draw(panel, answer) {
  const [[atlas], { places, left, more }] = await Promise.all([loadFor("map"), found(answer)]);
  if (!places.length) {
    panel.replaceChildren(element("p", { class: "empty" }, "None of the things in this answer has coordinates in the graph."));
    return;
  }
  await names(places.map((place) => place.term));
  const place = element("div", { class: "map" });
  const borders = element("input", { type: "checkbox", checked: true });
  panel.replaceChildren(place,
    element("p", { class: "choices" }, element("label", { class: "choice" }, borders, " Borders"),
      element("span", { class: "note" }, `${counted(places.length, "place")}${more > 0 ? ` among the first ${count(MOST)} things; ${count(more)} more were not looked at` : ""}.${left ? ` ${counted(left, "row")} without degrees from −90 to 90 and −180 to 180 left out.` : ""} Borders are as Natural Earth has them, de facto: drawing one here takes no side.`)),
    element("ol", { class: "places plain" }, ...places.slice(0, 60).map((one) => element("li", {}, shown(one.term, words(one.term)), one.rows > 1 ? ` (${count(one.rows)} rows)` : ""))));
  const map = L.map(place, { attributionControl: false, worldCopyJump: true, minZoom: 1, maxZoom: 8, zoomSnap: 0.5 });
  map.fitBounds(L.latLngBounds(places.map((one) => one.at)).pad(0.3), { maxZoom: 5 }); // before layers, which ask where they are
  const land = topojson.feature(atlas, atlas.objects.countries).features.filter(({ id }) => id !== ANTARCTICA).map(unwrapped);
  const outlines = topojson.mesh(atlas, atlas.objects.countries, (a, b) => a !== b);
  L.geoJSON(land, { className: "land", interactive: false, stroke: false }).addTo(map);
  const drawn = L.geoJSON(outlines, { className: "border", interactive: false }).addTo(map);
  borders.addEventListener("change", () => (borders.checked ? drawn.addTo(map) : drawn.remove()));
  const taken = [];
  for (const one of places) {
    L.circleMarker(one.at, { radius: 5 + Math.min(9, Math.sqrt(one.rows)), className: "place-mark" })
      .bindPopup(element("div", {}, shown(one.term, words(one.term)), ` · ${counted(one.rows, "row")}`))
      .bindTooltip(element("span", { dir: "auto" }, words(one.term)), side(map, one, taken)).addTo(map);
  }
}

/** A country whose outline goes on past 180° instead of jumping to the other edge, which would fill all between. */
function unwrapped(country) {
  const ring = (points) => {
    let shift = 0;
    return points.map(([x, y], index) => {
      const step = index ? x - points[index - 1][0] : 0;
      if (Math.abs(step) > 180) shift -= Math.sign(step) * 360;
      return [x + shift, y];
    });
  };
  const { type, coordinates: rings } = country.geometry;
  const made = type === "Polygon" ? rings.map(ring) : rings.map((polygon) => polygon.map(ring));
  return { ...country, geometry: { type, coordinates: made } };
}

/** On which side of a place its name stands, for good if there is room; else it comes when it is pointed at. */
function side(map, { at, term }, taken) {
  const { x, y } = map.latLngToContainerPoint(at);
  const width = 8 * words(term).length + 16;
  const rooms = { right: [x + 6, y], left: [x - width - 6, y], top: [x - width / 2, y - 20], bottom: [x - width / 2, y + 20] };
  for (const [direction, [left, middle]] of Object.entries(rooms)) {
    const free = taken.every((other) => left > other.left + other.width || left + width < other.left || Math.abs(middle - other.middle) > 20);
    if (free && taken.length < NAMED) {
      taken.push({ left, middle, width });
      return { permanent: true, direction };
    }
  }
  return {};
}

/** The columns of degrees, if there are two of that name with a number in some row. */
function coordinates(answer) {
  const numbers = answer.columns.filter((column) => answer.rows.some((row) => isNumber(row[column])));
  const [latitude, longitude] = [LATITUDE, LONGITUDE].map((name) => numbers.find((column) => name.test(column)));
  return latitude && longitude ? { latitude, longitude } : undefined;
}

const within = (term, most) => isNumber(term) && Math.abs(Number(term.value)) <= most;

/** The places with their coordinates and how many rows name each: from the answer itself, else from the graph. */
async function found(answer) {
  const columns = columnsOf(answer, isThing);
  const given = coordinates(answer);
  const counts = new Map();
  for (const row of answer.rows) {
    const terms = given ? [row[columns[0]] ?? row[answer.columns[0]]] : columns.map((column) => row[column]);
    for (const term of terms.filter(Boolean)) {
      const one = counts.get(term.value) ?? { term, rows: 0, row };
      counts.set(term.value, { ...one, rows: one.rows + 1 });
    }
  }
  const all = [...counts.values()];
  if (given) {
    const placed = all.filter(({ row }) => within(row[given.latitude], 90) && within(row[given.longitude], 180));
    return { left: all.length - placed.length, more: placed.length - MOST, places: placed.slice(0, MOST).map((one) => ({ ...one, at: [Number(one.row[given.latitude].value), Number(one.row[given.longitude].value)] })) };
  }
  const named = all.filter(({ term }) => term.type === "uri" && !/[<>"{}|^`\\\s]/.test(term.value));
  const iris = named.slice(0, MOST).map(({ term }) => `<${term.value}>`);
  const rows = iris.length ? await rowsOf(`PREFIX schema: <https://schema.org/>
    SELECT ?thing ?latitude ?longitude { VALUES ?thing { ${iris.join(" ")} } ?thing schema:latitude ?latitude ; schema:longitude ?longitude }`) : [];
  return { left: 0, more: named.length - MOST, places: rows.map((row) => ({ ...counts.get(row.thing.value), at: [Number(row.latitude.value), Number(row.longitude.value)] })) };
}
