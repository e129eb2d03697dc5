// The answer as bars, or as a line where one column has days: its numbers, or its rows counted. Drawn here, in SVG.
import { choice, columnsOf, day, isDay, isNumber, nameColumns, names, thingColumns, words } from "./columns.js";
import { count, element, spelt } from "./page.js";

const BARS = 60; // more cannot be told apart
const [ROW, BAR, HIGH, EDGE] = [26, 16, 320, 56]; // pixels

export const title = "Chart";

export const unfit = () => undefined; // rows can always be counted

export async function draw(panel, answer) {
  const numbers = columnsOf(answer, isNumber);
  const along = [...new Set([...columnsOf(answer, isDay), ...nameColumns(answer)])];
  const value = numbers.find((column) => !/(start|end|offset)$/i.test(column)); // offsets in a text measure nothing
  const state = { value, name: value ? along.find((column) => column !== value) ?? value : repeated(answer) ?? along[0] };
  const called = await names(answer.rows.flatMap((row) => Object.values(row)));
  const redraw = () => panel.replaceChildren(
    element("p", { class: "choices" },
      choice("Value", numbers, state.value, (column) => { state.value = column; redraw(); }, "number of rows"),
      choice("By", along, state.name, (column) => { state.name = column; redraw(); })),
    figure(answer, state, called, Math.min(820, Math.max(300, panel.clientWidth))));
  redraw();
}

/** The column of things that puts several rows together best: what rows are counted by at first. */
function repeated(answer) {
  const counts = thingColumns(answer).map((column) => [column, new Set(answer.rows.map((row) => row[column]?.value)).size]);
  return counts.find(([, found]) => found > 1 && found < answer.rows.length)?.[0] ?? counts[0]?.[0];
}

function figure(answer, { value, name }, called, width) {
  const points = value ? given(answer, value, name, called) : tallied(answer, name, called);
  const timed = points.length > 1 && points.every((point) => point.at);
  const kept = timed ? points : points.slice(0, BARS);
  const cut = kept.length < points.length ? ` The first ${BARS} of ${count(points.length)}; the table has all.` : "";
  const what = `${value ?? "Number of rows"} by ${name}`;
  const told = `${what}: ${kept.slice(0, 5).map((point) => `${point.name} ${point.value}`).join(", ")}${kept.length > 5 ? ", and more" : ""}.`;
  return element("figure", { class: "drawn" },
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Chart" }, (timed ? line : bars)(kept, told, width)),
    element("figcaption", { class: "note" }, `${what}.${cut}`));
}

function given(answer, value, name, called) {
  const rows = answer.rows.filter((row) => isNumber(row[value]));
  return rows.map((row) => ({ name: words(row[name], called), at: isDay(row[name]) && day(row[name]), value: Number(row[value].value) }));
}

function tallied(answer, name, called) {
  const tally = new Map();
  for (const row of answer.rows) {
    const key = row[name] ? `${row[name].type} ${row[name].type === "triple" ? spelt(row[name]) : row[name].value}` : "";
    const point = tally.get(key) ?? { name: words(row[name], called) || "(none)", at: isDay(row[name]) && day(row[name]), value: 0 };
    tally.set(key, { ...point, value: point.value + 1 });
  }
  return [...tally.values()].sort((one, other) => other.value - one.value);
}

function bars(points, told, width) {
  const left = Math.min(230, 0.42 * width);
  const [low, top] = [Math.min(0, ...points.map((p) => p.value)), Math.max(0, ...points.map((p) => p.value))];
  const x = (number) => left + ((number - low) / (top - low || 1)) * (width - left - 60);
  const drawn = points.flatMap((point, row) => {
    const y = row * ROW + ROW / 2;
    return [
      svg("text", { x: left - 8, y: y + 4, "text-anchor": "end", class: "name" }, shorter(point.name, Math.floor(left / 7))),
      svg("rect", { x: Math.min(x(0), x(point.value)), y: y - BAR / 2, width: Math.max(1, Math.abs(x(point.value) - x(0))), height: BAR, class: "bar" },
        svg("title", {}, `${point.name}: ${count(point.value)}`)),
      svg("text", { x: Math.max(x(0), x(point.value)) + 6, y: y + 4, class: "value" }, count(point.value)),
    ];
  });
  return picture(width, points.length * ROW + 4, told, svg("line", { x1: x(0), x2: x(0), y1: 0, y2: points.length * ROW, class: "axis" }), ...drawn);
}

function line(points, told, width) {
  const sorted = [...points].sort((a, b) => a.at - b.at);
  const [first, last] = [sorted[0].at, sorted.at(-1).at];
  const top = Math.max(1, ...sorted.map((p) => p.value));
  const x = (at) => EDGE + ((at - first) / (last - first || 1)) * (width - 2 * EDGE);
  const y = (number) => HIGH - EDGE - (Math.max(0, number) / top) * (HIGH - 2 * EDGE);
  const ticks = [0, 0.5, 1].map((part) => new Date(+first + part * (last - first)));
  return picture(width, HIGH, told,
    ...[0, top].flatMap((number) => [
      svg("line", { x1: EDGE, x2: width - EDGE, y1: y(number), y2: y(number), class: "axis" }),
      svg("text", { x: EDGE - 8, y: y(number) + 4, "text-anchor": "end", class: "value" }, count(number))]),
    ...ticks.map((at) => svg("text", { x: x(at), y: HIGH - EDGE + 22, "text-anchor": "middle", class: "value" }, at.toISOString().slice(0, 10))),
    svg("polyline", { points: sorted.map((p) => `${x(p.at)},${y(p.value)}`).join(" "), class: "line" }),
    ...sorted.map((p) => svg("circle", { cx: x(p.at), cy: y(p.value), r: 4, class: "dot" }, svg("title", {}, `${p.name}: ${count(p.value)}`))));
}

function picture(width, height, told, ...children) {
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": told, class: "chart" }, ...children);
}

function svg(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

const shorter = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
