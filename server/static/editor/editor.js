// The page of the editor: puts Yasqe in place of the text field, runs queries here, and shows their answers.
import { show, summary } from "./answer.js";
import { ask } from "./asking.js";
import { prepare, register, whileTyping } from "./completion.js";
import { connect } from "./examples.js";
import { element } from "./page.js";
import { downloads, fill } from "./using.js";

const at = (id) => document.getElementById(id);
const form = at("ask");
const field = at("query");
const endpoint = form.action;
const more = [...new URLSearchParams(location.search)].filter(([name]) => /-graph-uri$|^timeout$/.test(name));
const first = field.value;
let editor;
let running;
let marks = [];

function build() {
  if (typeof Yasqe === "undefined") return; // then the text field stays, and does the same but for help
  const keys = { Tab: false, "Shift-Tab": false, "Ctrl-Enter": () => run(), "Cmd-Enter": () => run(), "Ctrl-S": false };
  register();
  editor = new Yasqe(at("place"), {
    ...{ value: field.value, extraKeys: { ...Yasqe.defaults.extraKeys, ...keys } },
    ...{ persistenceId: null, consumeShareLink: null, createShareableLink: null, showQueryButton: false },
    ...{ resizeable: false, editorHeight: "auto", screenReaderLabel: "Query", viewportMargin: Infinity },
  });
  editor.getInputField().setAttribute("aria-label", "Query");
  whileTyping(editor);
  editor.on("focus", prepare);
  editor.on("change", unmark);
  field.hidden = true;
  field.required = false;
  form.querySelector("label[for=query]").addEventListener("click", () => editor.focus());
  at("keys").hidden = false;
}

const written = () => (editor ? editor.getValue() : field.value);

function write(query) {
  field.value = query;
  if (editor && editor.getValue() !== query) editor.setValue(query);
}

function unmark() {
  for (const mark of marks.splice(0)) mark.clear();
}

/** Mark the place that a fault names, counted from 1 in characters, and go there. */
function mark({ line, column }) {
  if (!line || !editor) return;
  const lines = editor.getDoc().lineCount();
  const row = Math.min(line, lines) - 1;
  const text = editor.getDoc().getLine(row);
  const unit = [...text].slice(0, Math.max(0, (column ?? 1) - 1)).join("").length; // CodeMirror counts UTF-16 units
  const [from, to] = unit < text.length ? [unit, unit + 1] : [Math.max(0, text.length - 1), text.length];
  marks.push(editor.getDoc().markText({ line: row, ch: from }, { line: row, ch: to }, { className: "fault-mark" }));
  editor.addLineClass(row, "background", "fault-line");
  marks.push({ clear: () => editor.removeLineClass(row, "background", "fault-line") });
  editor.getDoc().setCursor({ line: row, ch: unit });
  editor.scrollIntoView({ line: row, ch: unit }, 60);
}

function fail(fault) {
  at("state").replaceChildren();
  at("answer").hidden = at("use").hidden = true;
  const place = fault.line ? element("b", {}, `Line ${fault.line}, column ${fault.column}: `) : "";
  const said = fault.message.replace(/^line \d+, column \d+: /, "");
  at("fault").replaceChildren(element("p", { class: "notice fault" }, place, said));
  mark(fault);
  if (fault.line) editor?.focus();
}

async function run(address = true) {
  running?.abort();
  const own = (running = new AbortController());
  const query = written();
  unmark();
  at("fault").replaceChildren();
  at("state").textContent = "Asking …";
  at("stop").hidden = false;
  at("answer").setAttribute("aria-busy", "true");
  if (address) remember(query);
  try {
    const answer = await ask(query, more, own.signal);
    if (own !== running) return;
    at("state").replaceChildren(...summary(answer));
    at("ways").replaceChildren(...downloads(endpoint, query, more, answer.kind));
    at("answer").hidden = false;
    show(at("shown"), answer, location.hash.slice(1), (tab) => history.replaceState(history.state, "", `#${tab}`));
    fill(at("use"), endpoint, query, more, answer.kind);
  } catch (error) {
    if (error.name === "AbortError") at("state").textContent = own === running ? "Stopped." : at("state").textContent;
    else if (own === running) fail(error);
  } finally {
    if (own === running) {
      at("stop").hidden = true;
      at("answer").removeAttribute("aria-busy");
    }
  }
}

/** The query in the address, so that the page can be kept, sent, and gone back to. */
function remember(query) {
  const address = `${endpoint}?${new URLSearchParams([["query", query], ...more])}${location.hash}`;
  if (address.length < 30_000 && new URLSearchParams(location.search).get("query") !== query) history.pushState({ query }, "", address);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
at("stop").addEventListener("click", () => running?.abort());
window.addEventListener("popstate", () => {
  const query = new URLSearchParams(location.search).get("query");
  if (!query) clear();
  else if (query !== written()) {
    write(query);
    run(false);
  }
});

/** The page as it was before anything was asked. */
function clear() {
  running?.abort();
  running = undefined;
  write(first);
  at("answer").hidden = at("use").hidden = at("explanation").hidden = true;
  at("state").replaceChildren();
  at("fault").replaceChildren();
}

connect(at("examples"), at("explanation"), (query) => {
  write(query);
  at("explanation").scrollIntoView({ block: "start" });
  run();
});
build();
const asked = new URLSearchParams(location.search).get("query");
const known = at("fault").dataset.kind; // what the server found wrong with the query of this address
if (asked && known && known !== "answer-too-large") fail({ message: at("fault").textContent, line: Number(at("fault").dataset.line), column: Number(at("fault").dataset.column) });
else if (asked) run(false);
document.documentElement.dataset.editor = "ready";
