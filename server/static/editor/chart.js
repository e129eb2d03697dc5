// The answer as bars, or as a line where one column has days: drawn here, in SVG.
import { choice, columnsOf, day, isDay, isNumber, nameColumns, names, words } from "./columns.js";
import { count, element } from "./page.js";

const BARS = 60; // more cannot be told apart
const [ROW, BAR, HIGH, EDGE] = [26, 16, 320, 56]; // pixels

export const title = "Chart";

export function unfit(answer) {
  return columnsOf(answer, isNumber).length ? undefined : "A chart needs a column of numbers, such as (COUNT(?x) AS ?n). This answer has none.";
}

export async function draw(panel, answer) {
  const numbers = columnsOf(answer, isNumber);
  const others = [...columnsOf(answer, isDay), ...nameColumns(answer)];
  const along = [...new Set(others)].filter((column) => !numbers.includes(column) || answer.columns.length === 1);
  const state = { value: numbers.find((column) => !/^(start|end)$/.test(column)) ?? numbers[0], name: along[0] ?? numbers[0] };
  const called = await names(answer.rows.slice(0, BARS).flatMap((row) => Object.values(row)));
  const redraw = () => panel.replaceChildren(
    element("p", { class: "choices" },
      choice("Value", numbers, state.value, (column) => { state.value = column; redraw(); }),
      choice("By", along.length ? along : numbers, state.name, (column) => { state.name = column; redraw(); })),
    figure(answer, state, called, Math.min(820, Math.max(300, panel.clientWidth))));
  redraw();
}

function figure(answer, { value, name }, called, width) {
  const rows = answer.rows.filter((row) => isNumber(row[value]));
  const timed = rows.length > 1 && rows.every((row) => isDay(row[name]));
  const kept = timed ? rows : rows.slice(0, BARS);
  const points = kept.map((row) => ({ name: words(row[name], called), at: day(row[name]), value: Number(row[value].value) }));
  const cut = kept.length < rows.length ? ` The first ${BARS} of ${count(rows.length)} rows; the table has all.` : "";
  const told = `${value} by ${name}: ${points.slice(0, 5).map((point) => `${point.name} ${point.value}`).join(", ")}${points.length > 5 ? ", and more" : ""}.`;
  return element("figure", { class: "drawn" },
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Chart" }, (timed ? line : bars)(points, told, width)),
    element("figcaption", { class: "note" }, `${value} by ${name}.${cut}`));
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
