// The answer along time, drawn by vis-timeline: an item for each row that has a day, in a lane for each group.
import { choice, columnsOf, day, isDay, labelColumn, nameColumns, names, thingColumns, words } from "./columns.js";
import { count, counted, element, loadFor, shown } from "./page.js";
import { stepThrough } from "./stepping.js";

const ITEMS = 500;
const LATE = /latest|end|until|to$/i;

export const title = "Timeline";

export function unfit(answer) {
  return columnsOf(answer, isDay).length ? undefined : "A timeline needs a column of days (xsd:date), such as ?earliest. This answer has none.";
}

export async function draw(panel, answer) {
  await loadFor("timeline");
  const days = columnsOf(answer, isDay);
  const things = thingColumns(answer);
  const state = { start: days.find((column) => !LATE.test(column)) ?? days[0], end: days.find((column) => LATE.test(column)), name: nameColumns(answer).find((column) => !days.includes(column)), lane: undefined };
  const called = await names(answer.rows.slice(0, ITEMS).flatMap((row) => Object.values(row)));
  const place = element("div", { class: "timeline" });
  const detail = element("p", { class: "note", role: "status" });
  const note = element("p", { class: "note" });
  let timeline;
  const redraw = () => {
    timeline?.destroy();
    const items = timed(answer, state, called);
    note.textContent = notice(answer, items);
    timeline = new vis.Timeline(place, new vis.DataSet(items), ...lanes(items, state), { minHeight: 180, maxHeight: 460, zoomKey: "ctrlKey", zoomMin: 864e5, moment: (at) => vis.moment(at).utc(), tooltip: { followMouse: false }, orientation: "top" });
    timeline.setWindow(...stretch(items), { animation: false }); // as an option it would leave the timeline unseen
    const tell = (id) => detail.replaceChildren(...(id === undefined ? [] : told(answer, answer.rows[id], called)));
    timeline.on("select", ({ items: [id] }) => tell(id));
    const inOrder = items.toSorted((one, other) => one.start - other.start).map(({ id }) => id);
    stepThrough(place, "Timeline", inOrder, (id) => { timeline.setSelection(id, { focus: true, animation: { animation: false } }); tell(id); });
  };
  const choose = (name) => (column) => { state[name] = column; redraw(); };
  panel.replaceChildren(
    element("p", { class: "choices" },
      choice("From", days, state.start, choose("start")),
      choice("To", days, state.end, choose("end"), "the same"),
      choice("Name", nameColumns(answer), state.name, choose("name")),
      choice("Lanes", things.concat(answer.columns.filter((column) => /label/i.test(column))), state.lane, choose("lane"), "none")),
    place, detail, note);
  redraw();
}

function timed(answer, { start, end, name, lane }, called) {
  return answer.rows.map((row, id) => ({ row, id })).filter(({ row }) => day(row[start])).slice(0, ITEMS).map(({ row, id }) => {
    const [from, to] = [day(row[start]), day(row[end] ?? row[start], true)];
    const whole = to - from > 864e5; // what is known to the day is a point, all else a bar as long as is known
    return { id, content: named(row, name, called), start: from, ...(whole ? { end: to } : { type: "point" }), ...(lane ? { group: words(row[lane], called) || "–" } : {}) };
  });
}

/** From the first day to the last, with room for names. */
function stretch(items) {
  const [first, last] = [Math.min(...items.map((item) => item.start)), Math.max(...items.map((item) => item.end ?? item.start))];
  const room = Math.max(7 * 864e5, (last - first) * 0.4); // for names, which stand to the right
  return [new Date(first - room / 6), new Date(last + room)];
}

function named(row, name, called) {
  const text = words(row[name], called) || "(no name)";
  return element("span", { dir: "auto" }, text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

function lanes(items, { lane }) {
  const groups = [...new Set(items.map((item) => item.group))];
  return lane ? [new vis.DataSet(groups.map((id) => ({ id, content: element("span", { dir: "auto" }, id) })))] : [];
}

function notice(answer, items) {
  const undated = answer.rows.length - items.length;
  const left = items.length === ITEMS ? `The first ${ITEMS} of ${count(answer.rows.length)} rows.` : undated ? `${counted(undated, "row")} without a day ${undated === 1 ? "is" : "are"} left out.` : "";
  return `A bar is as long as its date is uncertain or lasting. Drag to move, scroll with Ctrl to zoom, or go from one to the next by arrow keys; the table has the same rows. ${left}`;
}

function told(answer, row, called) {
  const columns = answer.columns.filter((column) => row[column] && !(labelColumn(answer, column) && row[`${column}Label`]));
  return columns.flatMap((column) => [element("b", {}, `${column} `), shown(row[column], row[column].type === "uri" ? words(row[column], called) : undefined), " · "]).slice(0, -1);
}
