// The answer as a table, a hundred rows at a time, sorted by any column; things by name or by key.
import { isNumber, labelColumn, names, words } from "./columns.js";
import { count, element, shown } from "./page.js";

const ON_A_PAGE = 100;
const collator = new Intl.Collator(undefined, { numeric: true });

export const title = "Table";

export const unfit = () => undefined;

export async function draw(panel, answer) {
  const state = { rows: answer.rows, from: 0, column: undefined, down: false, named: true };
  const box = element("input", { type: "checkbox", checked: true, change: () => { state.named = box.checked; redraw(); } });
  const choice = element("p", { class: "choices" }, element("label", { class: "choice" }, box, " Names in place of keys"));
  const redraw = async () => {
    if (state.named) await called(answer, state);
    panel.replaceChildren(...(answer.rows.some((row) => Object.values(row).some((term) => term.type === "uri")) ? [choice] : []), ...parts(answer, state, redraw));
  };
  await redraw();
}

/** Look up the names of what is on this page, but for those that the answer itself tells. */
const called = (answer, state) => names(page(state).flatMap((row) => answer.columns.filter((column) => !row[`${column}Label`]).map((column) => row[column])));

const page = (state) => state.rows.slice(state.from, state.from + ON_A_PAGE);

/** The columns to show: by name, a thing and its label are one. */
const columnsShown = (answer, state) => answer.columns.filter((column) => !state.named || !(column.endsWith("Label") && answer.columns.includes(column.slice(0, -5))));

function parts(answer, state, redraw) {
  const rows = page(state);
  const columns = columnsShown(answer, state);
  const table = element("table", { class: "solutions" },
    element("caption", { class: "unseen" }, "The answer, a row for each solution"),
    element("thead", {}, element("tr", {}, ...columns.map((column) => heading(answer, column, state, redraw)))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...columns.map((column) => cell(row, column, answer, state))))));
  const scroll = element("div", { class: "scroll", role: "region", "aria-label": "Table of the answer", tabindex: "0" }, table);
  return answer.rows.length > ON_A_PAGE ? [scroll, paging(state, redraw)] : [scroll];
}

function cell(row, column, answer, state) {
  const term = row[column];
  const kind = isNumber(term) || /^\d{4}-\d\d-\d\d$/.test(term?.value) ? "short" : term?.value.length > 60 && term.type !== "uri" ? "long" : undefined;
  const name = state.named && term?.type === "uri" ? row[labelColumn(answer, column)]?.value ?? words(term) : undefined;
  const language = term?.["xml:lang"];
  return element("td", { class: kind, title: term?.datatype && term.datatype.replace(/.*[#/]/, "") }, shown(term, name),
    language && language !== document.documentElement.lang ? element("span", { class: "note" }, ` @${language}`) : undefined);
}

function heading(answer, column, state, redraw) {
  const sorted = state.column === column ? (state.down ? "descending" : "ascending") : undefined;
  const sort = () => {
    state.down = sorted === "ascending";
    state.column = column;
    state.rows = [...answer.rows].sort((a, b) => (state.down ? -1 : 1) * compared(a[column], b[column]));
    state.from = 0;
    redraw();
    document.querySelector("th[aria-sort] button")?.focus();
  };
  const arrow = sorted ? (state.down ? " ↓" : " ↑") : "";
  return element("th", { scope: "col", "aria-sort": sorted },
    element("button", { type: "button", class: "sort", title: "Sort by this column", click: sort }, column, element("span", { "aria-hidden": "true" }, arrow)));
}

function compared(one, other) {
  if (!one || !other) return (one ? 0 : 1) - (other ? 0 : 1);
  return isNumber(one) && isNumber(other) ? one.value - other.value : collator.compare(words(one), words(other));
}

function paging(state, redraw) {
  const move = (by) => () => {
    state.from += by;
    redraw();
  };
  const last = Math.min(state.from + ON_A_PAGE, state.rows.length);
  return element("nav", { class: "paging", "aria-label": "Rows" },
    element("button", { type: "button", class: "quiet", disabled: state.from === 0, click: move(-ON_A_PAGE) }, "Rows before"),
    element("span", { class: "note", role: "status" }, `Rows ${count(state.from + 1)} to ${count(last)} of ${count(state.rows.length)}`),
    element("button", { type: "button", class: "quiet", disabled: last === state.rows.length, click: move(ON_A_PAGE) }, "Rows after"));
}
