// An answer in tabs, each drawn when it is first looked at; and one line that says what kind of answer it is.
import * as chart from "./chart.js";
import * as graph from "./graph.js";
import * as map from "./map.js";
import { count, counted, element } from "./page.js";
import * as table from "./table.js";
import * as timeline from "./timeline.js";

const VIEWS = { table, chart, timeline, map, graph };
const MOVES = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };

/** Show an answer; `first` is the name of the tab to open, and `opened` is told whenever one is. */
export function show(place, answer, first, opened) {
  if (answer.kind === "boolean") {
    place.replaceChildren(element("p", { class: "boolean" }, answer.yes ? "Yes." : "No."));
    return;
  }
  if (!answer.rows.length) {
    place.replaceChildren(element("p", { class: "empty" }, "Nothing in the graph fits this query. Is a prefix or a value misspelt, or a pattern too narrow?"));
    return;
  }
  place.replaceChildren(...tabs(answer, VIEWS[first] ? first : "table", opened));
}

/** What is told of an answer in one line: how much, how long, of which version, and whether a limit cut it. */
export function summary(answer) {
  const time = answer.milliseconds < 1000 ? `${Math.max(1, Math.round(answer.milliseconds))} ms` : `${(answer.milliseconds / 1000).toFixed(1)} s`;
  const what = answer.kind === "boolean" ? "Yes or no" : counted(answer.rows.length, answer.kind === "graph" ? "triple" : "row");
  const told = [element("b", {}, what), ` in ${time}${answer.kept ? " (answered before, and kept)" : ""}, ${count(Math.ceil(answer.bytes / 1000))} kB, version ${answer.version}.`];
  const own = limit(answer);
  if (answer.cut) told.push(" ", element("strong", { class: "cut" }, `A limit of the server cut the answer: ${answer.cut}. There is more.`));
  else if (own === answer.rows.length && answer.kind === "rows") told.push(` As many as LIMIT ${own} allows: there may be more.`);
  else if (answer.kind !== "boolean") told.push(" Whole: no limit cut it.");
  return told;
}

function limit({ query }) {
  const found = /\bLIMIT\s+(\d+)\s*(?:OFFSET\s+\d+\s*)?$/i.exec(query.replace(/(^|\s)#.*$/gm, "").trim());
  return found ? Number(found[1]) : undefined;
}

function tabs(answer, first, opened) {
  const list = element("div", { role: "tablist", "aria-label": "Ways to look at the answer", class: "tabs" });
  const panels = [];
  const open = async (name, focus) => {
    for (const [index, tab] of [...list.children].entries()) {
      const chosen = tab.dataset.view === name;
      tab.setAttribute("aria-selected", chosen);
      tab.tabIndex = chosen ? 0 : -1;
      panels[index].hidden = !chosen;
      if (chosen && focus) tab.focus();
    }
    opened?.(name);
    await drawOnce(panels.find((panel) => !panel.hidden), VIEWS[name], answer);
  };
  for (const [name, view] of Object.entries(VIEWS)) {
    const unfit = view.unfit(answer) !== undefined;
    list.append(element("button", { type: "button", role: "tab", id: `tab-${name}`, "data-view": name, "aria-controls": `panel-${name}`, class: unfit ? "unfit" : undefined, click: () => open(name) }, view.title));
    panels.push(element("div", { role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}`, class: `panel panel-${name}`, tabindex: unfit ? "0" : undefined }));
  }
  list.addEventListener("keydown", (event) => {
    const names = Object.keys(VIEWS);
    const at = names.indexOf(event.target.dataset.view);
    const to = event.key in MOVES ? (at + MOVES[event.key] + names.length) % names.length : { Home: 0, End: names.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    open(names[to], true);
  });
  open(first);
  return [list, ...panels];
}

async function drawOnce(panel, view, answer) {
  if (panel.dataset.drawn) return;
  panel.dataset.drawn = "begun";
  const unfit = view.unfit(answer);
  if (unfit) panel.replaceChildren(element("p", { class: "empty" }, unfit));
  else {
    try {
      panel.setAttribute("aria-busy", "true");
      await view.draw(panel, answer);
    } catch (error) {
      panel.replaceChildren(element("p", { class: "notice" }, error.message));
    }
    panel.removeAttribute("aria-busy");
  }
  panel.dataset.drawn = "done";
}
