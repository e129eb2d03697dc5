// The answer as things and lines between them, drawn by Cytoscape: triples, or two columns of things.
import { choice, columnsOf, isThing, names, thingColumns, words } from "./columns.js";
import { address, count, counted, element, loadFor, shown } from "./page.js";
import { stepThrough } from "./stepping.js";

const LINES = 400;
const LEAST = 0.75; // of the size at which letters have 11 pixels
const TOLD = 8; // lines of a thing in words

export const title = "Graph";

export function unfit(answer) {
  return columnsOf(answer, isThing).length > 1 || answer.kind === "graph" ? undefined : "A graph needs two columns of things, or a CONSTRUCT query. This answer has neither.";
}

export async function draw(panel, answer) {
  await loadFor("graph");
  const things = thingColumns(answer);
  const state = answer.kind === "graph" ? { from: "subject", to: "object", by: "predicate" } : { from: things[0], to: things.find((column) => column !== things[0]), by: undefined };
  const place = element("div", { class: "graph" });
  const [detail, note] = [element("p", { class: "note", role: "status" }), element("p", { class: "note" })];
  let drawn;
  const redraw = async () => {
    const lines = linesOf(answer, state);
    const kept = lines.slice(0, LINES);
    await names(kept.flatMap(({ from, to, by }) => [from, to, by]));
    drawn?.destroy();
    drawn = picture(place, kept, detail);
    note.textContent = `${counted(drawn.nodes().length, "thing")}, ${counted(kept.length, "line")}${kept.length < lines.length ? ` of ${count(lines.length)}` : ""}. Literals are left out. Drag to move, choose a thing to go to it, or go from thing to thing by arrow keys.`;
  };
  const choose = (name) => (column) => { state[name] = column; redraw(); };
  const choices = answer.kind === "graph" ? [] : [element("p", { class: "choices" },
    choice("From", things, state.from, choose("from")), choice("To", things, state.to, choose("to")),
    choice("Line", answer.columns.filter((column) => ![state.from, state.to].includes(column)), state.by, choose("by"), "without words"))];
  panel.replaceChildren(...choices, place, detail, note);
  await redraw();
}

function linesOf(answer, { from, to, by }) {
  const seen = new Map();
  for (const row of answer.rows.filter((one) => isThing(one[from]) && isThing(one[to]))) {
    const line = { from: row[from], to: row[to], by: row[by] };
    const key = JSON.stringify([line.from.value, line.to.value, line.by?.value]);
    seen.set(key, { ...line, times: (seen.get(key)?.times ?? 0) + 1 });
  }
  return [...seen.values()];
}

function picture(place, lines, detail) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const things = new Map(lines.flatMap(({ from, to }) => [[from.value, from], [to.value, to]]));
  const drawn = cytoscape({
    container: place,
    elements: [
      ...[...things].map(([id, term]) => ({ data: { id, term, name: shorter(words(term)) } })),
      ...lines.map(({ from, to, by, times }) => ({ data: { source: from.value, target: to.value, name: shorter(words(by)), width: 1 + Math.min(5, Math.log2(times)) } })),
    ],
    style: [
      { selector: "node", style: { label: "data(name)", "font-size": 11, color: colour("--ink"), "background-color": colour("--link"), width: 14, height: 14, "text-wrap": "wrap", "text-max-width": 150, "text-valign": "bottom", "text-margin-y": 3 } },
      { selector: "edge", style: { label: "data(name)", "font-size": 9, color: colour("--soft"), width: "data(width)", "line-color": colour("--report"), "target-arrow-color": colour("--report"), "target-arrow-shape": "triangle", "curve-style": "bezier", "text-rotation": "autorotate", "text-background-color": colour("--sheet"), "text-background-opacity": 0.85 } },
      { selector: ":selected", style: { "background-color": colour("--mark"), "line-color": colour("--mark") } },
    ],
    layout: { name: "cose", animate: false, nodeDimensionsIncludeLabels: true, padding: 30, nodeRepulsion: () => 40000, idealEdgeLength: () => 110, nodeOverlap: 20, componentSpacing: 80 },
    maxZoom: 3,
  });
  const zoom = Math.max(LEAST, Math.min(1.3, drawn.zoom())); // names can be read, if the whole is to be dragged
  if (zoom !== drawn.zoom()) {
    drawn.zoom(zoom);
    drawn.center();
  }
  drawn.on("tap", "node", ({ target }) => detail.replaceChildren(...told(target)));
  const ids = drawn.nodes().sort((one, other) => one.position("y") - other.position("y") || one.position("x") - other.position("x")).map((node) => node.id());
  stepThrough(place, "Things and the lines between them", ids, (id) => {
    const node = drawn.getElementById(id);
    drawn.elements().unselect();
    node.select();
    drawn.center(node);
    detail.replaceChildren(...told(node));
  });
  return drawn;
}

/** A thing, as a link where it leads somewhere, and its lines in words. */
function told(node) {
  const end = (line) => (line.source().same(node) ? `${line.data("name")} → ${line.target().data("name")}` : `${line.source().data("name")} → ${line.data("name")} → it`);
  const lines = node.connectedEdges().map(end);
  return [shown(node.data("term"), words(node.data("term"))), address(node.id()) ? "" : " (leads nowhere)", ` · ${lines.slice(0, TOLD).join(" · ")}${lines.length > TOLD ? ` · ${count(lines.length - TOLD)} more` : ""}`];
}

const shorter = (text) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
